export { type Auction, auctionLength_ms, discount, insolventShare } from './auction'
export { type BankruptPosition, bankruptcyCash, bankruptcyPrice } from './bankruptcy'
export type { Breach, OpenPosition } from './breach'
export {
  type Asked,
  askedOf,
  type Counterparty,
  compareDeleveraging,
  type DeleveragingRank,
  deleveragingRank,
  given,
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
export { type Amount, type Debt, type Haircut, haircut, type Profit } from './haircut'
export { type MarginModel, marginModels } from './models'
export { fundCap, type PrefundedLayers, type PrefundedPayments, prefunded } from './prefunded'
export { restoringFraction } from './restoring-fraction'
export { restoringQuantity } from './restoring-quantity'
export { crowdingOf, type Margin, maintenanceMargin, meanCrowding, tieredMargin } from './tiered'
export { checkTiers, type OpenInterestScaling, type Tier, type TieredTerms } from './tiers'
