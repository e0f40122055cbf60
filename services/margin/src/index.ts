export { margin } from './policy'
