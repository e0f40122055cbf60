import { add, type Decimal, decimal, integer, multiply, one, toNumber, unit } from '@novation/decimal'
import fc from 'fast-check'
import type { CoinHolding, Holding, LinearHolding, OptionHolding } from './holding'
import { houseModel } from './kit/house-model'
import type { ExpiryInputs, UnderlyingInputs } from './market'
import type { MarginFactors, RiskModel } from './model'
import { type Valuation, valuationOf } from './valuation'

/** A number of so many places between two. */
export const fixed = (from: number, to: number, places: number): fc.Arbitrary<Decimal> =>
  fc
    .integer({ min: Math.round(from * 10 ** places), max: Math.round(to * 10 ** places) })
    .map((n) => multiply(integer(n), unit(places)))

const day_ms = 86_400_000
const days = [0.02, 2, 23, 120, 500]
export const expiries_ms = days.map((n) => n * day_ms)
const moneyness = [0.5, 0.8, 1, 1.1, 1.6]

const strikeOf = (index: number, i: number): Decimal => decimal((index * (moneyness[i] ?? 1)).toFixed(2))

/** All strikes that stand in the surfaces of an underlying. */
export const strikesOf = ({ index }: UnderlyingInputs): readonly Decimal[] =>
  moneyness.map((_, i) => strikeOf(toNumber(index), i))

const expiryOf = (index: number, expiry_ms: number): fc.Arbitrary<ExpiryInputs> =>
  fc
    .record({
      premium: fixed(-0.03, 0.05, 4),
      volatilities: fc.array(fixed(0.05, 3, 4), { minLength: moneyness.length, maxLength: moneyness.length }),
    })
    .map(({ premium, volatilities }) => {
      const forward = { price: multiply(integer(index), add(one, premium)), index: integer(index) }
      const points = volatilities.map((volatility, i) => ({ strike: strikeOf(index, i), volatility }))
      return { forward, surface: { volatility: { points }, forward: forward.price, tau_ms: expiry_ms } }
    })

const model: fc.Arbitrary<RiskModel> = fc
  .record({
    steps: fc.integer({ min: 1, max: 5 }),
    step: fixed(0.01, 0.13, 3),
    tailFactor: fixed(0, 1, 2),
    shortBase: fixed(1, 1.2, 2),
    longBase: fixed(0.5, 1, 2),
    width: fc.integer({ min: 0, max: 5 }),
    gains: fixed(0, 1, 2),
    grouped: fc.boolean(),
    minimum: fc.option(fc.record({ net: fixed(0, 0.05, 3), gross: fixed(0, 0.02, 3) }), { nil: undefined }),
  })
  .map(({ steps, step, tailFactor, shortBase, longBase, width, gains, grouped, minimum }) => {
    const { spot, discount } = houseModel()
    if (spot === undefined) throw new Error('the house model has a grid')
    return houseModel({
      spot: { ...spot, steps, range: multiply(step, integer(steps)), tailFactor },
      discount: { ...discount, longBase, shortBase },
      group: grouped ? { name: 'coins', width, gains } : undefined,
      minimum,
    })
  })

const valuation = (underlying: string, index: number): fc.Arbitrary<Valuation> =>
  fc
    .record({
      model,
      expiries: fc.tuple(...expiries_ms.map((expiry_ms) => expiryOf(index, expiry_ms))),
      discount: fixed(0.8, 1.02, 4),
    })
    .map(({ model: terms, expiries, discount }) =>
      valuationOf(
        underlying,
        {
          index: integer(index),
          asOf_ms: 0,
          expiries: new Map(expiries.map((expiry, i) => [expiries_ms[i] ?? 0, expiry])),
          curve: [{ days: 500, discount }],
        },
        terms,
      ),
    )

const indices = { BTC: 64_000, ETH: 3_200 } as const
type Underlying = keyof typeof indices

/** Two underlyings, alone or in one group. */
export const valuations: fc.Arbitrary<ReadonlyMap<string, Valuation>> = fc
  .tuple(valuation('BTC', indices.BTC), valuation('ETH', indices.ETH))
  .map((both) => new Map(both.map((of) => [of.underlying, of])))

const quantity = fixed(-20, 20, 2)

export const optionHolding: fc.Arbitrary<OptionHolding> = fc
  .record({
    underlying: fc.constantFrom<Underlying>('BTC', 'ETH'),
    expiry_ms: fc.constantFrom(...expiries_ms),
    strike: fc.nat({ max: moneyness.length - 1 }),
    optionType: fc.constantFrom('call' as const, 'put' as const),
    quantity,
  })
  .map(({ strike, ...of }) => ({
    kind: 'option',
    id: `${of.underlying}-${of.expiry_ms}-${strike}-${of.optionType}`,
    strike: strikeOf(indices[of.underlying], strike),
    ...of,
  }))

export const linearHolding: fc.Arbitrary<LinearHolding> = fc
  .record({
    underlying: fc.constantFrom<Underlying>('BTC', 'ETH'),
    quantity,
    premium: fc.integer({ min: -50, max: 50 }),
  })
  .map(({ underlying, quantity: of, premium }) => ({
    kind: 'linear',
    id: `${underlying}-PERP`,
    underlying,
    quantity: of,
    mark: integer(indices[underlying] + premium),
  }))

const coinHolding: fc.Arbitrary<CoinHolding> = fc
  .record({
    underlying: fc.constantFrom<Underlying>('BTC', 'ETH'),
    best: fixed(0, 500_000, 0),
    fresh: fc.boolean(),
    cut: fixed(0, 0.3, 2),
  })
  .map(({ underlying, best, fresh, cut }) => ({
    kind: 'coin',
    id: underlying,
    underlying,
    best,
    worst: fresh ? best : integer(0),
    cut,
  }))

export const holdings: fc.Arbitrary<readonly Holding[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: optionHolding },
    { weight: 2, arbitrary: linearHolding },
    { weight: 1, arbitrary: coinHolding },
  ),
  { minLength: 1, maxLength: 8 },
)

export const factors: fc.Arbitrary<MarginFactors> = fc
  .record({ maintenanceFactor: fixed(0.3, 1, 2), more: fixed(0, 1, 2), offsetLimit: fixed(0, 0.8, 2) })
  .map(({ maintenanceFactor, more, offsetLimit }) => ({
    maintenanceFactor,
    initialFactor: add(maintenanceFactor, more),
    offsetLimit,
  }))
