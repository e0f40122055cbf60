export { shardOf } from '../host/shard'
export { alone, begins, type Sent, said } from './alone'
export { makeTopic, publishCompressed, removeTopic } from './kafka'
export { btcPerp, marketOf, tick } from './market'
