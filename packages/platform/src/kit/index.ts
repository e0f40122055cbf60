export { alone, begins, type Sent, said } from './alone'
export { marketOf, tick } from './market'
