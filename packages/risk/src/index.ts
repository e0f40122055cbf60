export { type Auction, auctionLength_ms, discount, insolventShare } from './auction'
export { type BankruptPosition, bankruptcyCash, bankruptcyPrice } from './bankruptcy'
export type { Breach, OpenPosition } from './breach'
export { capOf } from './cap'
export {
  type Class,
  type Counterparty,
  compareDeleveraging,
  type DeleveragingRank,
  deleveragingRank,
  inProportion,
  inTurn,
  sharesLeft,
} from './deleveraging'
export {
  type InsolventBid,
  insolventFill,
  type KeeperTerms,
  type Slice,
  type SolventBid,
  type SolventFill,
  share,
  solventFill,
} from './fill'
export { fractionQuantities } from './fraction-quantities'
export { leavesShare, stays } from './freeze'
export { type Amount, type Debt, type Haircut, haircut, type Profit } from './haircut'
export { type Exposure, unhedged } from './hedge'
export { type MarginModel, marginModels } from './models'
export { fundCap, type PrefundedLayers, type PrefundedPayments, prefunded } from './prefunded'
export {
  type AtWorst,
  cycleOf,
  freshOf,
  type Gains,
  leavesFresh,
  profitIn,
  provisionalProfit,
} from './profit'
export { restoringFraction } from './restoring-fraction'
export { restoringQuantity } from './restoring-quantity'
export { type Gapping, isWithin, type Size, type Sized, sizeOf, stressOf } from './size'
export { crowdingOf, type Margin, maintenanceMargin, meanCrowding, tieredMargin } from './tiered'
export { checkTiers, type OpenInterestScaling, type Tier, type TieredTerms } from './tiers'
export { type Weighed, weightsOf } from './weights'
