export type { Amount } from './amounts'
export { type Auction, type Cause, type Clocked, clock_ms, discount, isOver, type Moment, promised } from './auction'
export { type BankruptPosition, bankruptcyCash, bankruptcyPrice } from './bankruptcy'
export { capOf } from './cap'
export { type Allowed, type Caps, drawnUnder, instrumentShare, type Standing, standsOn, withinCaps } from './caps'
export { buyCoins, type Coin, coinsWorth, offeredFor, type Purchase } from './coins-bought'
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
  type FillCost,
  fillCost,
  growth,
  type Item,
  type KeeperTerms,
  keptAfter,
  type Offer,
  premiumOf,
  type Reward,
  rewardOf,
  type Taken,
} from './fill'
export { leavesShare, stays } from './freeze'
export { type Debt, type Haircut, haircut, type Profit, type TakenProfit } from './haircut'
export { type Exposure, unhedged } from './hedge'
export { kernelDigest, trustedDigest } from './kernel/digest'
export { type MarginModel, marginModels } from './models'
export type { Band, Candidate } from './oracle/breaker'
export { depthOf, mostLiars } from './oracle/depth'
export { type IndexRound, type IndexTerms, indexRound } from './oracle/index-round'
export { checkSources } from './oracle/index-terms'
export { halvedOf, isOff } from './oracle/scoring'
export { slowPrice } from './oracle/slow'
export { type Covered, coveredBy, coverTo, type StandingPrice, twapOf } from './oracle/twap'
export type { Beside } from './portfolio/beside'
export { checkMarginFactors, checkRiskModel } from './portfolio/check-model'
export { type CurvePoint, checkCurve } from './portfolio/curve'
export { itemRequirements, meanGrowth, portfolioFillCost } from './portfolio/fill'
export type { Holding } from './portfolio/holding'
export type { Binding } from './portfolio/lines'
export { type ExpiryInputs, forwardAt, type Series, type UnderlyingInputs } from './portfolio/market'
export type { MarginFactors, RiskModel } from './portfolio/model'
export { nearest, type Reach } from './portfolio/nearest'
export { reachOf } from './portfolio/reach'
export { type PortfolioRequirement, portfolioRequirement, reductions } from './portfolio/requirement'
export { type Single, singleMargin, singleOf } from './portfolio/single'
export { type After, portfolioFraction, portfolioLots, portfolioUnhedged } from './portfolio/sizing'
export { portfolioStress } from './portfolio/stress'
export { checkSurface, type Surface, type VolatilityTerms } from './portfolio/surface'
export { saidOf } from './portfolio/term'
export { type Valuation, valuationAt, valuationOf } from './portfolio/valuation'
export { wearBetween } from './portfolio/wear'
export { wearKey } from './portfolio/wearing'
export {
  type AtWorst,
  cycleOf,
  freshOf,
  type Gains,
  type Kept,
  leavesFresh,
  profitIn,
  provisionalProfit,
  stoodOf,
} from './profit'
export { type SetOff, setOff } from './set-off'
export { type Gapping, isWithin, type Size, type Sized, sizeOf, stressOf } from './size'
export { fractionQuantities, restoringQuantity, type Sizing } from './sizing'
export { crowdingOf, type Margin, maintenanceMargin, meanCrowding, tieredMargin } from './tiered'
export { checkTiers, type OpenInterestScaling, type Tier, type TieredTerms } from './tiers'
export { isUsable, type Lasting, never, usableUntil } from './usable'
export { type Layers, type Loss, type Payments, payFromLayers } from './waterfall'
export { type Weighed, weightsOf } from './weights'
