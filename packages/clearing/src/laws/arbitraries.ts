import type { CommandData, PoolParametersChange } from '@novation/events'
import fc from 'fast-check'

/** What a random world is made of. Amounts and prices are whole numbers of the smallest unit that matters to it. */
export interface Plan {
  readonly members: readonly { readonly isolated: boolean; readonly cash: number; readonly coins: number }[]
  /** Capital of the backstop; none, and there is no such account. */
  readonly backstop: number
  readonly fund: number
  readonly tranche: number
  readonly parameters: PoolParametersChange
  readonly instruments: readonly Omit<CommandData<'ListInstrument'>, 'instrument' | 'settlementAsset'>[]
  readonly haircut: string
  readonly actions: readonly Action[]
}

/** Something that somebody tries, `use` the percentage of the initial margin there is for a trade; who and what are picked by number from those there are. */
export type Action =
  | { readonly do: 'price'; readonly of: number; readonly percent: number }
  | {
      readonly do: 'trade'
      readonly of: number
      readonly sides: readonly [number, number]
      readonly use: number
      readonly percent: number
    }
  | { readonly do: 'deposit' | 'withdraw'; readonly who: number; readonly coins: boolean; readonly amount: number }
  | { readonly do: 'fund'; readonly tranche: boolean; readonly amount: number }
  | { readonly do: 'funding'; readonly of: number; readonly rate: string }
  | {
      readonly do: 'bid'
      readonly on: number
      readonly who: number
      /** Of which position; left out, a fraction of all. */
      readonly position?: number
      readonly share: number
    }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'settle'; readonly of: number; readonly percent: number }
  | { readonly do: 'change'; readonly parameters: PoolParametersChange }

const index = fc.nat({ max: 19 })

/** Moves of tenths of a percent, of some percent, jumps, and crashes to next to nothing. */
const percent = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 960, max: 1040 }).map((tenths) => tenths / 10) },
  { weight: 6, arbitrary: fc.integer({ min: 85, max: 115 }) },
  { weight: 3, arbitrary: fc.integer({ min: 40, max: 250 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 10, 1000) },
)

const auction = fc.record({
  start: fc.constantFrom('1', '0.98', '0.5'),
  cutoff: fc.constantFrom('0.5', '0.3', '0'),
  fastSeconds: fc.constantFrom(0, 30, 300, 300),
  slowSeconds: fc.constantFrom(0, 60, 600, 600),
  insolventSeconds: fc.constantFrom(0, 60, 600),
  backstopSeconds: fc.constantFrom(0, 30),
})

const waterfall = fc.record(
  {
    skinInTheGame: fc.constantFrom('0', '5', '1000.55'),
    deleveraging: fc.constantFrom('queue' as const, 'pro-rata' as const),
    insuranceCap: fc.constantFrom('0', '20', '333.33'),
  },
  { requiredKeys: ['skinInTheGame', 'deleveraging'] },
)

const parameters: fc.Arbitrary<PoolParametersChange> = fc.record({
  liquidation: fc.record({
    buffer: fc.constantFrom('0', '0.1', '0.5'),
    fee: fc.constantFrom('0', '0.005', '0.05'),
    keeperTip: fc.constantFrom('0', '1'),
    keeperShare: fc.constantFrom('0', '0.2', '1'),
    dust: fc.constantFrom('0', '10', '500'),
    auction,
  }),
  waterfall,
  priceTolerance_s: fc.constantFrom(60, 3600, 1_000_000, 1_000_000),
  callPeriod_s: fc.constantFrom(60, 3600),
  lossWindow_s: fc.constantFrom(60, 3600),
})

const tiers = fc.constantFrom(
  [{ initial: '0.1', maintenance: '0.05' }],
  [{ initial: '0.02', maintenance: '0.01' }],
  [
    { upTo: '500', initial: '0.04', maintenance: '0.02' },
    { upTo: '2000', initial: '0.1', maintenance: '0.05' },
    { initial: '0.5', maintenance: '0.25' },
  ],
)

const instrument = fc.record(
  {
    kind: fc.constant('perpetual' as const),
    margin: fc.record(
      {
        model: fc.constant('tiered' as const),
        tiers,
        openInterestScaling: fc.constant({ lower: '2000', upper: '20000' }),
      },
      { requiredKeys: ['model', 'tiers'] },
    ),
    multiplier: fc.constantFrom('1', '0.001', '7.5'),
    lot: fc.constantFrom('0.001', '0.37', '1'),
    liquidation: fc.record({ fee: fc.constantFrom('0', '0.01'), buffer: fc.constantFrom('0.05', '1') }),
  },
  { requiredKeys: ['kind', 'margin', 'multiplier', 'lot'] },
)

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 100, arbitrary: fc.record({ do: fc.constant('price' as const), of: index, percent }) },
  {
    weight: 80,
    arbitrary: fc.record({
      do: fc.constant('trade' as const),
      of: index,
      sides: fc.tuple(index, index),
      use: fc.integer({ min: 20, max: 95 }),
      percent: fc.integer({ min: 97, max: 103 }),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constantFrom('deposit' as const, 'withdraw' as const),
      who: index,
      coins: fc.boolean(),
      amount: fc.integer({ min: 1, max: 60_000 }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('fund' as const),
      tranche: fc.boolean(),
      amount: fc.integer({ min: 1, max: 30_000 }),
    }),
  },
  {
    weight: 20,
    arbitrary: fc.record({
      do: fc.constant('funding' as const),
      of: index,
      rate: fc.constantFrom('0.01', '-0.003', '0.1234567'),
    }),
  },
  {
    weight: 60,
    arbitrary: fc.record(
      {
        do: fc.constant('bid' as const),
        on: index,
        who: index,
        position: index,
        share: fc.integer({ min: 1, max: 100 }),
      },
      { requiredKeys: ['do', 'on', 'who', 'share'] },
    ),
  },
  {
    weight: 50,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 5, 10, 30, 61, 200, 700, 4000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle' as const), of: index, percent }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), parameters }) },
)

const member = fc.record({
  isolated: fc.constantFrom(false, false, false, true),
  cash: fc.integer({ min: 0, max: 80_000 }),
  coins: fc.constantFrom(0, 0, 50, 400),
})

export const plan: fc.Arbitrary<Plan> = fc.record({
  members: fc.array(member, { minLength: 2, maxLength: 7 }),
  backstop: fc.constantFrom(0, 3_000, 100_000),
  fund: fc.constantFrom(0, 5_000, 50_000),
  tranche: fc.constantFrom(0, 2_000, 20_000),
  parameters,
  instruments: fc.array(instrument, { minLength: 1, maxLength: 3 }),
  haircut: fc.constantFrom('0', '0.2'),
  actions: fc.array(action, { minLength: 1, maxLength: 60, size: 'max' }),
})
