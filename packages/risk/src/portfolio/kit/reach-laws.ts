import {
  abs,
  ceil,
  type Decimal,
  decimal,
  equals,
  format,
  greaterThan,
  multiply,
  one,
  subtract,
  toNumber,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { expiries_ms, factors, fixed, holdings, strikesOf, valuations } from '../arbitraries'
import type { Holding } from '../holding'
import type { ExpiryInputs, UnderlyingInputs } from '../market'
import { nearest, type Reach } from '../nearest'
import { reachOf } from '../reach'
import { portfolioRequirement } from '../requirement'
import { type Valuation, valuationOf } from '../valuation'
import { wearBetween, wearOfMark } from '../wear'
import { wearKey } from '../wearing'
import { type Place, placeOf, type SlowShares, worthAt } from './place'

const places = 6
const share = fixed(-1, 1, 4)
const toTheEnd = fc.oneof(share, fc.constant(one), fc.constant(decimal('-1')))
/** Where a slow price is, as a part of the last one, and by what part of its band it goes. */
const slowly = fc.record({ at: fixed(0.8, 1.25, 3), moves: toTheEnd })
/** Of what has one: indices and perpetuals, by their names. */
const slowPrices = fc.record(
  { BTC: slowly, ETH: slowly, 'BTC-PERP': slowly, 'ETH-PERP': slowly },
  { requiredKeys: ['BTC'] },
)

/** A portfolio, where it stands, and where its markets go: each index by a part of its band, each kind of wear by a part of what it may. */
const world = fc.record({
  valuations,
  factors,
  held: holdings,
  slack: fixed(0.001, 3, 4),
  asks: fc.constantFrom('maintenance' as const, 'initial' as const),
  moves: fc.record({ BTC: toTheEnd, ETH: share }),
  slow: fc.option(slowPrices, { nil: undefined }),
  volatility: fc.array(share, { minLength: 25, maxLength: 25 }),
  forward: fc.array(share, { minLength: 5, maxLength: 5 }),
  discount: share,
  hours: fc.integer({ min: 0, max: 48 }),
  marks: share,
  only: fc.constantFrom('volatility', 'forward', 'discount', 'hours', 'all'),
})

type World = typeof world extends fc.Arbitrary<infer Of> ? Of : never

const times = (a: Decimal, by: number): Decimal => ceil(multiply(a, decimal((1 + by).toFixed(15))), 12)

/** The inputs once so much of what is drawn has happened to them. */
const worn = (inputs: UnderlyingInputs, of: World, part: number): UnderlyingInputs => {
  const does = (kind: World['only']): number => (of.only === kind || of.only === 'all' ? part : 0)
  const expiry = (at: ExpiryInputs, i: number): ExpiryInputs => ({
    forward: { ...at.forward, price: times(at.forward.price, does('forward') * 0.1 * toNumber(of.forward[i] ?? zero)) },
    surface: {
      ...at.surface,
      volatility: {
        points: (at.surface.volatility.points ?? []).map(({ strike, volatility }, k) => ({
          strike,
          volatility: times(volatility, does('volatility') * 0.9 * toNumber(of.volatility[5 * i + k] ?? zero)),
        })),
      },
    },
  })
  return {
    ...inputs,
    asOf_ms: Math.floor(does('hours') * of.hours * 3_600_000),
    expiries: new Map([...inputs.expiries].map(([expiry_ms, at], i) => [expiry_ms, expiry(at, i)])),
    curve: (inputs.curve ?? []).map(({ days, discount }) => ({
      days,
      discount: times(discount, does('discount') * 0.1 * toNumber(of.discount)),
    })),
  }
}

/** By how much worth stands above a line of it: what is asked goes by last prices. */
const standing = (place: Place, of: World): Decimal => {
  const line = lineOf(of)
  const required = portfolioRequirement(place.held, place.markets, { ...of.factors, places })
  return subtract(worthAt(place, line === 'maintenance' ? 'best' : 'worst'), required[line])
}

/** Of an account whose coins are in doubt, the initial margin may be the maintenance margin, at another worth: only beside slow prices both are watched. */
const lineOf = ({ held, asks, slow }: World): World['asks'] =>
  slow === undefined && held.some((holding) => holding.kind === 'coin' && !equals(holding.best, holding.worst))
    ? 'maintenance'
    : asks

/** The largest part of what is drawn by which no expiry that is held wears more than it may. */
const partWithin = (is: (part: number) => boolean): number => {
  if (is(1)) return 1
  let [low, high] = [0, 1]
  for (let i = 0; i < 12; i += 1) {
    const middle = (low + high) / 2
    if (is(middle)) low = middle
    else high = middle
  }
  return low
}

/** What of the drawn slow prices there is, as a share of the last one. */
const slowAt = (of: World, shareOf: (at: Decimal, moves: Decimal, name: string) => Decimal): SlowShares | undefined =>
  of.slow && new Map(Object.entries(of.slow).map(([name, { at, moves }]) => [name, shareOf(at, moves, name)]))

/** How far markets may go: of the initial margin beside slow prices, which may be the maintenance margin, as far as both lines let them. */
const reachFor = ({ held, markets, beside }: Place, of: World, reachIn: typeof reachOf, slack: number): Reach => {
  const [maintenance, initial] = [of.factors.maintenanceFactor, of.factors.initialFactor]
  const lines = {
    maintenance: { asks: 'maintenance', side: 'best', factor: maintenance } as const,
    initial: { asks: 'initial', side: 'worst', factor: initial } as const,
  }
  const asked = beside === undefined ? [lineOf(of)] : (['maintenance', 'initial'] as const)
  return nearest(asked.map((asks) => reachIn(held, markets, { ...lines[asks], slack, places, beside })))
}

/** Where a market is once its index has moved by its part of the band, and has then worn as far as it may. */
const gone = (of: World, { underlying, inputs, model }: Valuation, { bands, wears }: Reach): Valuation => {
  const band = bands.get(underlying) ?? 0
  const move = toNumber(of.moves[underlying as 'BTC' | 'ETH']) * band
  const index = times(inputs.index, Math.max(-band, move - 1e-11))
  const mayWear = (expiry_ms: number): number | undefined => wears.get(wearKey(underlying, expiry_ms))
  const listed = new Map(
    expiries_ms.filter((at) => mayWear(at) !== undefined).map((expiry_ms) => [expiry_ms, strikesOf(inputs)]),
  )
  const from = valuationOf(underlying, { ...inputs, index }, model)
  const at = (part: number): Valuation => valuationOf(underlying, worn({ ...inputs, index }, of, part), model)
  return at(
    partWithin((part) =>
      [...wearBetween(from, at(part), listed)].every(([expiry_ms, wear]) => wear <= (mayWear(expiry_ms) ?? 0)),
    ),
  )
}

/** What is held there: coins and marks go with their index, and marks a part of what they may wear besides. */
const heldAt = (of: World, after: ReadonlyMap<string, Valuation>, { wears }: Reach): readonly Holding[] =>
  of.held.map((holding): Holding => {
    const [old, now] = [of.valuations, after].map((at) => at.get(holding.underlying)?.inputs.index ?? one)
    if (holding.kind === 'option' || old === undefined || now === undefined) return holding
    const by = toNumber(now) / toNumber(old) - 1
    if (holding.kind === 'coin') return { ...holding, best: times(holding.best, by), worst: times(holding.worst, by) }
    const own = (wears.get(holding.id) ?? 0) * 0.99 * toNumber(of.marks)
    const mark = times(times(holding.mark, by), Math.max(-0.9, Math.min(Number.isFinite(own) ? own : 0, 1)) / 1.01)
    const wear = wearOfMark({ mark: holding.mark, index: old }, { mark, index: now })
    return { ...holding, mark: wear <= (wears.get(holding.id) ?? 0) ? mark : times(holding.mark, by) }
  })

/** Throws where somebody crosses the line, from above or from as far below, within what `reach` tells: the law, and what tries it on a wrong one. */
const check = (of: World, reachIn: typeof reachOf): void => {
  const before = placeOf(
    of.held,
    of.valuations,
    slowAt(of, (at) => at),
  )
  const { maintenance } = portfolioRequirement(before.held, before.markets, { ...of.factors, places })
  const slack = multiply(maintenance, of.slack)
  const reach = reachFor(before, of, reachIn, toNumber(slack))
  const markets = new Map([...of.valuations].map(([name, valuation]) => [name, gone(of, valuation, reach)]))
  const held = heldAt(of, markets, reach)
  const priceOf = (name: string, all: readonly Holding[], at: ReadonlyMap<string, Valuation>): number => {
    const linear = all.find((holding) => holding.kind === 'linear' && holding.id === name)
    return toNumber(linear?.kind === 'linear' ? linear.mark : (at.get(name)?.inputs.index ?? one))
  }
  /** As a share of the last price, where both have gone. */
  const slow = slowAt(of, (at, moves, name) => {
    const by = toNumber(moves) * (reach.slow.get(name) ?? 0) * (1 - 1e-9)
    return times(at, (1 + by) / (priceOf(name, held, markets) / priceOf(name, of.held, of.valuations)) - 1)
  })
  const rise = subtract(standing(placeOf(held, markets, slow), of), standing(before, of))
  if (greaterThan(abs(rise), slack))
    throw new Error(
      `crossed unseen: ${format(rise)} of ${format(slack)}, bands ${[...reach.bands]}, slow ${[...reach.slow]}`,
    )
}

/** Draws so many worlds, and throws where one comes below its line within what `reachIn` tells. */
export const nobodyCrosses = (numRuns: number, reachIn = reachOf, endOnFailure = false): void =>
  fc.assert(
    fc.property(world, (of) => check(of, reachIn)),
    { numRuns, endOnFailure },
  )

/** What holds of what an event can hurt. */
export const reachLaws: Readonly<Record<string, (numRuns: number) => void>> = {
  'nobody crosses a line inside band and wear': (numRuns) => nobodyCrosses(numRuns),
}
