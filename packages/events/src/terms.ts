import * as t from 'io-ts'
import { closed, oneOf } from './fields'
import { DecimalText, Id, IdOrNobody, Milliseconds, Seconds } from './text'

/** One slice of notional: up to `upTo` (the last one has none), its own initial and maintenance rate. */
const MarginTier = closed('MarginTier', { initial: DecimalText, maintenance: DecimalText }, { upTo: DecimalText })

export const MarginTerms = closed(
  'MarginTerms',
  { model: t.literal('tiered'), tiers: t.readonlyArray(MarginTier) },
  { openInterestScaling: closed('OpenInterestScaling', { lower: DecimalText, upper: DecimalText }) },
)
export type MarginTerms = t.TypeOf<typeof MarginTerms>

const auction = {
  start: DecimalText,
  cutoff: DecimalText,
  fastSeconds: Seconds,
  slowSeconds: Seconds,
  insolventSeconds: Seconds,
}
const liquidation = {
  buffer: DecimalText,
  fee: DecimalText,
  keeperTip: DecimalText,
  keeperShare: DecimalText,
  dust: DecimalText,
  premium: DecimalText,
}
const waterfall = {
  skinInTheGame: DecimalText,
  deleveraging: oneOf('queue', 'pro-rata'),
  ownerShare: DecimalText,
  instrumentShare: DecimalText,
  coinShare: DecimalText,
  window_s: Seconds,
  recourse: t.boolean,
}
const timing = {
  priceTolerance_s: Seconds,
  priceFuture_s: Seconds,
  callPeriod_s: Seconds,
  lossWindow_s: Seconds,
  wear_s: Seconds,
  dead_s: Seconds,
  notice_s: Seconds,
  maturity_s: Seconds,
}
/** How old a forward, a surface and a curve may be, and over how much time before an expiry the index is averaged, and how long that may take. */
const marketData = {
  forwardTolerance_s: Seconds,
  volatilityTolerance_s: Seconds,
  curveTolerance_s: Seconds,
  twap_s: Seconds,
  longest_s: Seconds,
}
/** What of all scenarios is required to keep, and to take, risk by a model; how much of it an offset may take off; by which share of it an index may be in doubt for nothing, and how many times what is more is asked for what is linear and stands alone. */
const margin = {
  maintenanceFactor: DecimalText,
  initialFactor: DecimalText,
  offsetLimit: DecimalText,
  usualDoubt: DecimalText,
  doubtFactor: DecimalText,
}
const size = { share: DecimalText, floor: DecimalText }
const bands = { reduceBand: DecimalText, tradeBand: DecimalText, settlementBand: DecimalText }
/** What of a price is believed at once, as a share of the last one, and how long anything further waits for another like it. */
const belief = { deviation: DecimalText, confirm_ms: Milliseconds }
/** What may be paid in funding: the highest rate, and how often. */
const funding = { cap: DecimalText, interval_s: Seconds }
const memory = { idempotency_s: Seconds }
/** How long a trade may be busted after it was cleared. */
const correction = { bust_s: Seconds }
/** The account that takes what no bidder took, with capital of its own. */
const lastResort = { backstop: Id }
/** How far below zero the cash of who has coins may be, and what follows a margin call that was missed. */
const collection = { debit: DecimalText, missedCall: oneOf('record', 'reduce') }
const identity = { commandLife_s: Seconds, keyDelay_s: Seconds, recoveryDelay_s: Seconds }

/**
 * What an account's owner must have signed, from the loosest to the tightest: `venue`, nothing; `withdrawals`, what takes
 * collateral out; `orders`, also what is traded (protocol 30).
 */
export const Consent = oneOf('venue', 'withdrawals', 'orders')
export type Consent = t.TypeOf<typeof Consent>

/** How a position is wound down: the complete terms (risk 4). */
export const LiquidationTerms = closed('LiquidationTerms', {
  ...liquidation,
  auction: closed('Auction', auction),
})
export type LiquidationTerms = t.TypeOf<typeof LiquidationTerms>

/** Some of them: what is left out stays as it was. */
export const LiquidationChange = closed(
  'LiquidationChange',
  {},
  {
    ...liquidation,
    auction: closed('AuctionChange', {}, auction),
  },
)
export type LiquidationChange = t.TypeOf<typeof LiquidationChange>

/** Every parameter of a pool. `idempotency_s` left out keeps keys for ever, `backstop` left out is nobody, `debit` nothing, `missedCall` record, `bust_s` an hour; market data and `margin` what docs/parameters.md says; those of identity stand in it once it is adopted, or they are set. */
export const PoolParameters = closed(
  'PoolParameters',
  {
    liquidation: LiquidationTerms,
    waterfall: closed('Waterfall', waterfall),
    size: closed('Size', size),
    funding: closed('Funding', funding),
    ...timing,
    ...bands,
    ...belief,
  },
  {
    ...memory,
    ...correction,
    ...lastResort,
    ...collection,
    ...identity,
    ...marketData,
    margin: closed('Margin', {}, margin),
  },
)
export type PoolParameters = t.TypeOf<typeof PoolParameters>

export const PoolParametersChange = closed(
  'PoolParametersChange',
  {},
  {
    liquidation: LiquidationChange,
    waterfall: closed('WaterfallChange', {}, waterfall),
    size: closed('SizeChange', {}, size),
    funding: closed('FundingChange', {}, funding),
    ...timing,
    ...bands,
    ...belief,
    ...memory,
    ...correction,
    backstop: IdOrNobody,
    ...collection,
    ...identity,
    ...marketData,
    margin: closed('MarginChange', {}, margin),
  },
)
export type PoolParametersChange = t.TypeOf<typeof PoolParametersChange>
