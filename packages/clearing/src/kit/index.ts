export { bent } from './bent'
export { goesOnFromAnywhere } from './bulks'
export { crowdHolding, partsOf } from './crowd'
export { fixed, settled } from './endings'
export {
  type Afterwards,
  accepted,
  type Expectation,
  happened,
  happenedExactly,
  moved,
  movedAmongOthers,
  nothingHappened,
  pool,
  refused,
  rejected,
  repeated,
  stated,
} from './expectations'
export { ladders, worldOn } from './ladders'
export { checkLaws } from './laws'
export {
  curve,
  expiry,
  forward,
  listOption,
  marketAt,
  optionMarket,
  riskModel,
  settleExpiry,
  settleVariation,
  surface,
  volatility,
} from './options'
export { asAnna, quote, report, said, setIndex, withSources } from './oracle'
export { alice, bob, carol, dave, person } from './people'
export { given, givenNothing, marketWorld, prepare } from './scenario'
export { after, everybodyActs, minutes, passed, ticking } from './steps'
export { assertPassed, dueBy } from './time'
export {
  as,
  assetParameters,
  assetPrice,
  bid,
  bust,
  callDebit,
  callMargin,
  closeCall,
  closeDebit,
  closeOut,
  coverLoss,
  deleverage,
  delist,
  deposit,
  endLiquidation,
  fund,
  funding,
  instrumentParameters,
  lastingPrices,
  list,
  named,
  open,
  parameters,
  passTime,
  price,
  rates,
  registerAsset,
  setState,
  settle,
  startLiquidation,
  trade,
  wideBands,
  withdraw,
} from './wishes'
export {
  all,
  bulkParts,
  commandOf,
  type Sent,
  type Step,
  send,
  take,
  tried,
  type Wish,
  type World,
} from './world'
