export { backstopKeeper } from './policy'
