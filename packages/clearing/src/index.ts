export type { Decision, Rejection } from './decision'
export { decide, decider } from './ledger/decide'
export { type Decided, type Processed, process, processBulk, type Refused, type Repeated } from './ledger/process'
export type { AssetStatement } from './proof/asset-statement'
export { imbalances } from './proof/imbalance'
export { openSnapshot, readSnapshot, type Snapshot, takeSnapshot } from './proof/snapshot'
export { reducerVersion, stateHash } from './proof/state-hash'
export {
  type AccountStatement,
  type InstrumentStatement,
  type Statement,
  statementOf,
} from './proof/statement'
export type { RefusalCode, RejectionCode } from './rejections'
export type { PartSizes } from './state/bulk-size'
export { BrokenChain, contentHash, evolve, follow, isWhole, keyOf } from './state/evolve'
export { type Health, healthOf, isPriced, profitOf, type Status } from './state/health'
export { judge, judgeAll } from './state/judge'
export {
  backstop,
  clearing,
  custody,
  fundingOf,
  insurance,
  positionOf,
  skinInTheGame,
  trader,
} from './state/names'

export {
  type Account,
  type Asset,
  emptyPool,
  houseBalance,
  type Instrument,
  type Liquidation,
  type Outcome,
  type Pool,
  type Position,
} from './state/pool'
export { BrokenInvariant } from './state/postings'
export type { Duty, Standing } from './state/standing'
export { type Due, dueTimes, nextDue } from './time/due'
