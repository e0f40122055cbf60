import { type CommandData, usualModel } from '@novation/events'
import fc from 'fast-check'

/** How options are margined in a world: the underlying is its coin. */
type Model = Omit<CommandData<'SetRiskModel'>, 'underlying'>

/** A world in which its coin has options: what they are margined by, when they end, who stands as a portfolio, and what is tried. */
export interface Optioned {
  readonly model: Model
  /** Whether what is due later is discounted. */
  readonly curve: boolean
  /** In how many seconds each expiry ends. */
  readonly expires: readonly number[]
  readonly window: { readonly twap_s: number; readonly longest_s: number }
  readonly tolerance_s: number
  readonly multiplier: string
  /** Of the members by turns, whether one stands as a portfolio. */
  readonly portfolios: readonly boolean[]
  readonly tries: readonly Try[]
}

/** What is tried before the action of this number, or in the end. */
export interface Try {
  readonly before: number
  readonly what: OptionAction
}

export type OptionAction =
  /** A price of the underlying, and in time with it all that its options are marked by. */
  | { readonly do: 'market'; readonly percent: number; readonly level: string }
  | { readonly do: 'forward'; readonly of: number; readonly percent: number }
  | { readonly do: 'surface'; readonly of: number; readonly shape: Shape }
  | { readonly do: 'curve'; readonly discount: string }
  | { readonly do: 'model'; readonly model: Model }
  | {
      readonly do: 'deal'
      readonly of: number
      readonly sides: readonly [number, number]
      readonly use: number
      readonly percent: number
    }
  /** A price of the underlying at which an account stands at its line, to the last place of prices. */
  | { readonly do: 'edge'; readonly who: number; readonly line: 'initial' | 'maintenance'; readonly off: number }
  | { readonly do: 'variation'; readonly of?: number }
  | { readonly do: 'expiry'; readonly of: number; readonly percent: number }
  | { readonly do: 'hedge'; readonly on: number; readonly who: number; readonly lots: number; readonly of: number }

type Shape = Pick<CommandData<'PublishVolatility'>, 'svi' | 'points'>

const grid = fc.constantFrom<Model['spot'][]>(
  usualModel.spot,
  { range: '0.3', steps: 2, tails: [], tailFactor: '0' },
  { range: '0.02', steps: 1, tails: ['0.8'], tailFactor: '1' },
)

const ownRows: Model['rows'] = [
  { move: '0.85', volatility: 'up', weight: '1' },
  { move: '1', volatility: 'skew-absolute', weight: '1' },
  { move: '1.15', volatility: 'none', weight: '0.5' },
]

const besides: fc.Arbitrary<Partial<Model>> = fc.constantFrom<Partial<Model>[]>(
  {},
  {},
  { volatility: { ...usualModel.volatility, up: '0.02', down: '0.02', least: '0.01' } },
  { minimum: { net: '0.03', gross: '0.005' } },
  { discount: { ...usualModel.discount, longBase: '0.8', shortBase: '1.2' } },
)

const { spot: _, ...unscanned } = usualModel

const model: fc.Arbitrary<Model> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(grid, besides).map(([spot, more]) => ({ ...unscanned, ...more, spot }) as Model) },
  { weight: 1, arbitrary: besides.map((more) => ({ ...unscanned, ...more, rows: ownRows }) as Model) },
)

const index = fc.nat({ max: 19 })

const percent = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(99.99, 100, 100.02) },
  { weight: 8, arbitrary: fc.integer({ min: 940, max: 1060 }).map((tenths) => tenths / 10) },
  { weight: 4, arbitrary: fc.integer({ min: 70, max: 140 }) },
  { weight: 1, arbitrary: fc.constantFrom(10, 1000) },
)

const level = fc.constantFrom('0.8', '0.8', '0.3', '1.6', '0.01', '5')

const shape: fc.Arbitrary<Shape> = fc.oneof(
  { weight: 3, arbitrary: level.map((volatility) => ({ points: [{ strike: '3.5', volatility }] })) },
  {
    weight: 2,
    arbitrary: level.map((volatility) => ({
      points: [
        { strike: '2', volatility: '1.2' },
        { strike: '3.5', volatility },
        { strike: '6', volatility: '1' },
      ],
    })),
  },
  // Five numbers: fit for some time to expiry, bad for the most.
  {
    weight: 1,
    arbitrary: fc.record({
      svi: fc.record({
        a: fc.constantFrom('0.000001', '0.001', '-0.5'),
        b: fc.constantFrom('0.001', '0.00001'),
        rho: fc.constantFrom('-0.4', '0.3'),
        m: fc.constant('0.05'),
        sigma: fc.constantFrom('0.3', '0.01'),
      }),
    }),
  },
)

const market = fc.record({ do: fc.constant('market' as const), percent, level })

const deal = fc.record({
  do: fc.constant('deal' as const),
  of: index,
  sides: fc.tuple(index, index),
  use: fc.integer({ min: 20, max: 95 }),
  percent: fc.integer({ min: 97, max: 103 }),
})

const action: fc.Arbitrary<OptionAction> = fc.oneof(
  { weight: 45, arbitrary: market },
  { weight: 22, arbitrary: deal },
  {
    weight: 50,
    arbitrary: fc.record({
      do: fc.constant('edge' as const),
      who: index,
      line: fc.constantFrom('initial' as const, 'maintenance' as const),
      off: fc.constantFrom(-1, 0, 1, 20_000, 200_000, 1_000_000),
    }),
  },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('forward' as const), of: index, percent }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant('surface' as const), of: index, shape }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('curve' as const), discount: fc.constantFrom('0.99', '0.8', '1.01') }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('model' as const), model }) },
  {
    weight: 16,
    arbitrary: fc.record({ do: fc.constant('variation' as const), of: index }, { requiredKeys: ['do'] }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('expiry' as const), of: index, percent }) },
  {
    weight: 40,
    arbitrary: fc.record({
      do: fc.constant('hedge' as const),
      on: index,
      who: index,
      lots: fc.constantFrom(1, -1, 40, -40, 300, -300),
      of: index,
    }),
  },
)

const opening: fc.Arbitrary<Try> = deal.map((what) => ({ before: 0, what }))

export const optioned: fc.Arbitrary<Optioned> = fc.record({
  model,
  curve: fc.constantFrom(false, false, true),
  expires: fc.constantFrom([600], [90_000], [300, 5_000], [2_000, 9_000_000]),
  window: fc.constantFrom({ twap_s: 60, longest_s: 120 }, { twap_s: 1_800, longest_s: 7_200 }),
  tolerance_s: fc.constantFrom(60, 300, 10_000),
  multiplier: fc.constantFrom('1', '1', '10'),
  portfolios: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  tries: fc
    .tuple(
      fc.array(opening, { minLength: 2, maxLength: 8, size: 'max' }),
      fc.array(fc.record({ before: fc.nat({ max: 80 }), what: action }), { minLength: 8, maxLength: 40, size: 'max' }),
    )
    .map(([first, rest]) => [...first, ...rest]),
})
