export { runScript, type Script } from './script'
