export { insurance } from './policy'
