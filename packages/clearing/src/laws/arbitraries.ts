import type { MarginTerms, PoolParametersChange } from '@novation/events'
import fc from 'fast-check'
import type { PartSizes } from '../state/bulk-size'
import { type Optioned, optioned } from './optioned'
import { type Listed, listed, margin, parameters } from './terms'

/** What a random world is made of. Amounts and prices are whole numbers of the smallest unit that matters to it. */
export interface Plan {
  /** How much of a bulk one append does. */
  readonly parts: PartSizes
  /** Decimal places of the settlement asset. */
  readonly places: number
  readonly members: readonly Member[]
  /** Capital of the backstop; none, and there is no such account. */
  readonly backstop: number
  readonly fund: number
  readonly tranche: number
  readonly parameters: PoolParametersChange
  readonly instruments: readonly Listed[]
  readonly haircut: string
  /** The most of the coin that the pool takes, and the share of the layers that bears what is lost on it. */
  readonly cap?: string
  readonly coinShare?: string
  readonly actions: readonly Action[]
  /** Whether all instruments have one underlying, so that a position in one may hedge another's. */
  readonly related: boolean
  /** In some worlds there are options on the coin. */
  readonly options?: Optioned
}

/** Whoever has the same number as another has the same owner. */
interface Member {
  readonly isolated: boolean
  readonly cash: number
  readonly coins: number
  readonly owner?: number
}

/** Something that somebody tries, `use` the percentage of the initial margin there is for a trade; who and what are picked by number from those there are. */
export type Action =
  | { readonly do: 'price'; readonly of: number; readonly percent: number }
  /** A price that puts somebody on a line, or next to it: by so many millionths of the price. */
  | {
      readonly do: 'line'
      readonly who: number
      readonly of: number
      readonly line: Line
      readonly off: number
    }
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
  /** The clock goes on, or is set back. */
  | { readonly do: 'wait'; readonly seconds: number }
  /** A command of before, sent again as it was. */
  | { readonly do: 'again'; readonly command: number }
  | { readonly do: 'settle'; readonly of: number; readonly percent: number }
  | { readonly do: 'change'; readonly parameters: PoolParametersChange }
  | { readonly do: 'state'; readonly of: number; readonly state: 'open' | 'reduce-only' | 'halted' }
  | { readonly do: 'terms'; readonly of: number; readonly margin: MarginTerms }
  /** One of the last trades, the youngest first. */
  | { readonly do: 'bust'; readonly back: number }
  | { readonly do: 'haircut'; readonly haircut: string }
  | { readonly do: 'delist'; readonly of: number; readonly seconds: number }

/** Where an account's status changes. */
export type Line = 'initial' | 'maintenance' | 'zero'

const haircut = fc.constantFrom('0', '0.2', '0.95')

const index = fc.nat({ max: 19 })

/** Moves within a trigger's bucket, of tenths of a percent, of some percent, jumps, and crashes to next to nothing. */
const percent = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(99.99, 99.999, 100, 100.001, 100.01) },
  { weight: 10, arbitrary: fc.integer({ min: 960, max: 1040 }).map((tenths) => tenths / 10) },
  { weight: 6, arbitrary: fc.integer({ min: 85, max: 115 }) },
  { weight: 3, arbitrary: fc.integer({ min: 40, max: 250 }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 2, 10, 1000) },
)

const trade = fc.record({
  do: fc.constant('trade' as const),
  of: index,
  sides: fc.tuple(index, index),
  use: fc.integer({ min: 20, max: 95 }),
  percent: fc.integer({ min: 97, max: 103 }),
})

/** What is tried; `ending` is how often notice is given of an instrument's end. */
const actionOf = (ending: number): fc.Arbitrary<Action> =>
  fc.oneof(
    { weight: 90, arbitrary: fc.record({ do: fc.constant('price' as const), of: index, percent }) },
    {
      weight: 40,
      arbitrary: fc.record({
        do: fc.constant('line' as const),
        who: index,
        of: index,
        line: fc.constantFrom('initial' as const, 'maintenance' as const, 'zero' as const),
        off: fc.constantFrom(-500, -1, 0, 0, 1, 500),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('again' as const), command: fc.nat({ max: 99 }) }) },
    { weight: 60, arbitrary: trade },
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
        seconds: fc.constantFrom(-40, 1, 5, 10, 30, 61, 200, 700, 4000),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('settle' as const), of: index, percent }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('change' as const), parameters }) },
    {
      weight: 12,
      arbitrary: fc.record({
        do: fc.constant('state' as const),
        of: index,
        // Most of them put an end to what the others began.
        state: fc.constantFrom(
          'open' as const,
          'open' as const,
          'open' as const,
          'reduce-only' as const,
          'halted' as const,
        ),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('terms' as const), of: index, margin }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('haircut' as const), haircut }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant('bust' as const), back: fc.nat({ max: 3 }) }) },
    {
      weight: ending,
      arbitrary: fc.record({
        do: fc.constant('delist' as const),
        of: index,
        seconds: fc.constantFrom(0, 60, 60, 700, 90_000),
      }),
    },
  )

const member: fc.Arbitrary<Member> = fc
  .tuple(
    fc.record({
      isolated: fc.constantFrom(false, false, false, true),
      // Some have hardly any cash, and owe what they lose.
      cash: fc.oneof(
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 80_000 }) },
        { weight: 1, arbitrary: fc.constant(100) },
      ),
      coins: fc.constantFrom(0, 0, 50, 400),
    }),
    fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.record({ owner: fc.constantFrom(1, 1, 2) }) },
    ),
  )
  .map(([base, more]) => ({ ...base, ...more }))

/** What is said of the coin beside its haircut, in some worlds. */
const ofTheCoin = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ cap: fc.constantFrom('300', '900') }) },
  { weight: 1, arbitrary: fc.record({ coinShare: fc.constantFrom('0', '1') }) },
)

const actions = (ending: number) => fc.array(actionOf(ending), { maxLength: 75, size: 'max' })

const whole: fc.Arbitrary<Plan> = fc.record({
  parts: fc.constantFrom(
    { accounts: 120, closes: 45 },
    { accounts: 120, closes: 45 },
    { accounts: 3, closes: 1 },
    { accounts: 1, closes: 2 },
  ),
  places: fc.constantFrom(2, 2, 2, 4, 8),
  members: fc.array(member, { minLength: 2, maxLength: 8, size: 'max' }),
  backstop: fc.constantFrom(0, 50, 3_000, 100_000),
  fund: fc.constantFrom(0, 0, 5_000, 50_000),
  tranche: fc.constantFrom(0, 2_000, 20_000),
  parameters,
  instruments: fc.array(listed, { minLength: 1, maxLength: 4, size: 'max' }),
  haircut,
  actions: fc
    .tuple(fc.array(trade, { minLength: 1, maxLength: 12, size: 'max' }), fc.oneof(actions(2), actions(2), actions(30)))
    .map(([opening, rest]) => [...opening, ...rest]),
  related: fc.boolean(),
})

/** Last of all, so that worlds without options are what they are without them. */
const withOptions = fc.oneof(
  { weight: 11, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ options: optioned }) },
)

export const plan: fc.Arbitrary<Plan> = fc
  .tuple(whole, ofTheCoin, withOptions)
  .map(([world, coin, more]) => ({ ...world, ...coin, ...more }))
