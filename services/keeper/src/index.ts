export { type Appetite, marketKeeper } from './market-keeper'
export { backstopKeeper } from './policy'
