import type { CommandData, PoolParametersChange } from '@novation/events'
import fc from 'fast-check'

/** An instrument as a world lists it: the price it begins at, and in how many seconds it expires. */
export type Listed = Omit<CommandData<'ListInstrument'>, 'instrument' | 'settlementAsset' | 'kind' | 'expiry'> & {
  readonly at: string
  readonly expires?: number
}

/** A record, in every second case with more to it. */
const sometimes = <A extends object, B extends object>(always: fc.Arbitrary<A>, more: fc.Arbitrary<B>) =>
  fc.tuple(always, fc.option(more, { nil: {}, freq: 1 })).map(([base, rest]): A & Partial<B> => ({ ...base, ...rest }))

/** Two records as one. */
const joined = <A extends object, B extends object>(one: fc.Arbitrary<A>, other: fc.Arbitrary<B>) =>
  fc.tuple(one, other).map(([a, b]): A & B => ({ ...a, ...b }))

const auction = fc.record({
  start: fc.constantFrom('1', '0.98', '0.5'),
  cutoff: fc.constantFrom('0.5', '0.3', '0'),
  fastSeconds: fc.constantFrom(0, 30, 300, 300),
  slowSeconds: fc.constantFrom(0, 60, 600, 600),
  insolventSeconds: fc.constantFrom(0, 60, 600, 600),
})

const waterfall = fc.record({
  skinInTheGame: fc.constantFrom('0', '5', '1000'),
  deleveraging: fc.constantFrom('queue' as const, 'pro-rata' as const),
  ownerShare: fc.constantFrom('0.25', '0', '0.01', '1'),
  instrumentShare: fc.constantFrom('2', '0', '0.01'),
  coinShare: fc.constantFrom('0.25', '0'),
  window_s: fc.constantFrom(2_592_000, 600),
  recourse: fc.boolean(),
})

/** How much may be paid in funding, and how often. */
const funding = fc.record({
  cap: fc.constantFrom('0.005', '0.01', '1'),
  interval_s: fc.constantFrom(0, 10, 3600),
})

/** How long a price is fresh, and how long it takes to wear out: in many steps, in two, in some that do not fit, and never. */
const wear = fc.constantFrom(
  { priceTolerance_s: 60, wear_s: 600, dead_s: 604_800 },
  { priceTolerance_s: 60, wear_s: 100, dead_s: 3_000 },
  { priceTolerance_s: 700, wear_s: 4000, dead_s: 604_800 },
  { priceTolerance_s: 1_000_000, wear_s: 1_000_000 },
  { priceTolerance_s: 1_000_000, wear_s: 1_000_000 },
)

/** How far a price may move at once and be believed: mostly so far that none is held, lest markets hardly move. */
const belief = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ deviation: '1000000', confirm_ms: 3_000 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ deviation: '0.05', confirm_ms: 0 }, { deviation: '0.1', confirm_ms: 3_000 }),
  },
)

/** What a pool may set. */
export const parameters: fc.Arbitrary<PoolParametersChange> = joined(
  joined(wear, belief),
  sometimes(
    fc.record({
      liquidation: fc.record({
        buffer: fc.constantFrom('0', '0.1', '0.5'),
        fee: fc.constantFrom('0', '0.005', '0.05'),
        premium: fc.constantFrom('0.1', '0.1', '0', '1'),
        keeperTip: fc.constantFrom('0', '1'),
        keeperShare: fc.constantFrom('0', '0.2', '1'),
        dust: fc.constantFrom('0', '10', '500'),
        auction,
      }),
      waterfall,
      size: fc.constantFrom({ share: '0.1', floor: '5000' }, { share: '1', floor: '10' }),
      callPeriod_s: fc.constantFrom(60, 3600),
      missedCall: fc.constantFrom('record' as const, 'reduce' as const),
      debit: fc.constantFrom('0', '0', '0.01', '50'),
      maturity_s: fc.constantFrom(43_200, 600, 5),
      reduceBand: fc.constantFrom('0.01', '0', '1'),
      tradeBand: fc.constantFrom('0.05', '0.01', '1'),
      settlementBand: fc.constantFrom('0.05', '1', '10'),
      funding,
      notice_s: fc.constantFrom(60, 60, 86_400),
      lossWindow_s: fc.constantFrom(60, 300, 3600),
    }),
    fc.record({ idempotency_s: fc.constantFrom(60, 3600), bust_s: fc.constantFrom(0, 60, 100_000) }),
  ),
)

/** One rate, high rates, and rates by size. */
const tiers = fc.constantFrom(
  [{ initial: '0.1', maintenance: '0.05' }],
  [{ initial: '0.02', maintenance: '0.01' }],
  [{ initial: '1', maintenance: '1' }],
  [
    { upTo: '500', initial: '0.04', maintenance: '0.02' },
    { upTo: '2000', initial: '0.1', maintenance: '0.05' },
    { initial: '0.5', maintenance: '0.25' },
  ],
  [
    { upTo: '0.01', initial: '0.011', maintenance: '0.0037' },
    { upTo: '300', initial: '0.03', maintenance: '0.03' },
    { initial: '0.25', maintenance: '0.03' },
  ],
)

export const margin = sometimes(
  fc.record({ model: fc.constant('tiered' as const), tiers }),
  fc.record({
    openInterestScaling: fc.constantFrom(
      { lower: '2000', upper: '20000' },
      { lower: '0', upper: '300' },
      { lower: '500', upper: '500.01' },
    ),
  }),
)

/** Prices from next to nothing to more than anybody has, with lots to match. */
const priced = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ at: fc.constantFrom('20', '105.5', '0.37'), lot: fc.constantFrom('0.001', '0.37', '1') }),
  },
  { weight: 1, arbitrary: fc.record({ at: fc.constant('0.00000123'), lot: fc.constantFrom('1', '1000') }) },
  {
    weight: 1,
    arbitrary: fc.record({ at: fc.constant('98765432.1'), lot: fc.constantFrom('0.00000001', '0.000001') }),
  },
)

const ownTerms = sometimes(
  fc.record({ fee: fc.constantFrom('0', '0.01'), buffer: fc.constantFrom('0.05', '1') }),
  fc.record({
    auction: fc.record({ fastSeconds: fc.constantFrom(0, 20), slowSeconds: fc.constantFrom(0, 900) }),
  }),
)

const terms = sometimes(
  fc.record({ margin, multiplier: fc.constantFrom('1', '0.001', '7.5'), gap: fc.constantFrom('0.3', '0.01', '1') }),
  fc.record({ liquidation: ownTerms }),
)

/** Every eighth may cost nothing, or less: its margin is a share of so much at the least. */
const signed = fc.oneof(
  { weight: 7, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record({ signed: fc.constant(true), marginFloor: fc.constantFrom('5', '0.5', '100') }),
  },
)

const dated = fc.oneof(
  { weight: 9, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ expires: fc.constantFrom(30, 600, 5000) }) },
)

/** Every fifth instrument is dated. */
export const listed: fc.Arbitrary<Listed> = fc
  .tuple(terms, priced, dated, signed)
  .map(([rules, price, end, floor]) => ({ ...rules, ...price, ...end, ...floor }))
