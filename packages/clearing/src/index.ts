/** Of the arithmetic that options are priced by, here: a ledger is decided by one and the same everywhere. */
export { kernelDigest } from '@novation/risk'
export {
  bustsLeaveNothing,
  type Equities,
  eachLayerPaysItsPart,
  equitiesIn,
  equityIsContinuous,
  expiriesAreSettledWhole,
  nobodyIsLiquidatedByOtherTerms,
  optionsAreMarkedByEvents,
  variationsAreWhatPositionsCameTo,
  whoIsCalledHasHisTime,
} from './checks'
export type { Decision, Rejection } from './decision'
export { claimsOf, unvouched } from './identity/door'
export { isClockMute } from './identity/mute-clock'
export { lacksOrders } from './identity/orders'
export { type Sign, signWith, unsigned } from './identity/sign'
export { signersOf } from './identity/signers'
export { forbidden } from './ledger/authorise'
export { foresee } from './ledger/decide'
export { decideAgain } from './ledger/decide-again'
export {
  type Decided,
  type Processed,
  process,
  processAgain,
  processBulk,
  type Repeated,
  turnedAwayAt,
} from './ledger/process'
export type { Refused } from './ledger/refused'
export { rehearse, rehearseAssumed, takeBackTo, visit, visitToRead } from './ledger/rehearse'
export { type AuctionNow, auctionNow, type Stage } from './liquidation/auction-now'
export { type Offer, offerOf } from './liquidation/offer'
export { unprovenObservation } from './oracle/publish-observations'
export { noEquivocation } from './oracle/report-equivocation'
export { isProven, unprovenQuote } from './oracle/taking'
export { type AccountStatement, accountStatement } from './proof/account-statement'
export type { AssetStatement } from './proof/asset-statement'
export { imbalances } from './proof/imbalance'
export { type IndexStatement, indexStatements } from './proof/index-statement'
export { type MarketStatement, marketStatements } from './proof/market-statement'
export { type PortfolioStatement, portfolioStatement } from './proof/portfolio-statement'
export { type Queue, queueOf } from './proof/queue'
export { copyOf, judgeAll, openSnapshot, readSnapshot, type Snapshot, takeSnapshot } from './proof/snapshot'
export { reducerVersion, stateHash } from './proof/state-hash'
export { readStateText, stateText } from './proof/state-text'
export {
  type HalfWay,
  type InstrumentStatement,
  type Statement,
  statementOf,
} from './proof/statement'
export { type Waiting, waitingOf } from './proof/waiting'
export { type RefusalCode, type RejectionCode, refusals, rejections } from './rejections'
export { Book, emptyPool, type Mark } from './state/book'
export type { PartSizes } from './state/bulk-size'
export { deadlineOf } from './state/countdown'
export { deficitOf } from './state/deficit'
export { startCause } from './state/duties'
export { decider, OtherEdition } from './state/edition'
export { BrokenChain, contentHash, evolve, evolveForReading, follow, isWhole, keyOf } from './state/evolve'
export type { Duty } from './state/follow-up'
export { healthOf, isFresh, missingFor } from './state/health'
export { houseBalance } from './state/house-balance'
export { judge } from './state/judge'
export { judgedSince } from './state/judged'
export {
  backstop,
  custody,
  fundingOf,
  insurance,
  positionOf,
  skinInTheGame,
  trader,
} from './state/names'
export { isUsable, type LastQuote, quoteName } from './state/oracle'
export { lossesMayBeCovered } from './state/owing'
export { mergeChange } from './state/parameters'
export type {
  Account,
  Asset,
  Health,
  Instrument,
  Pool,
  Position,
  Standing,
  Status,
  Valued,
} from './state/pool'
export { BrokenInvariant } from './state/postings'
export { profitOf } from './state/profit'
export { shortfallOf } from './state/shortfall'
export type { Liquidation, Outcome, Price } from './state/values'
export { clockAsk } from './time/clock'
export { type Due, dueTimes, nextDue } from './time/due'
