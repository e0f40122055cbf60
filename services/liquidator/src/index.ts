export { liquidator } from './policy'
