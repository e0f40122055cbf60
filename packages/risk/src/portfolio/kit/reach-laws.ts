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
  sum,
  toNumber,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { expiries_ms, factors, fixed, holdings, strikesOf, valuations } from '../arbitraries'
import type { Holding } from '../holding'
import type { ExpiryInputs, UnderlyingInputs } from '../market'
import { reachOf, wearKey } from '../reach'
import { portfolioRequirement } from '../requirement'
import { type Valuation, valuationOf } from '../valuation'
import { wearBetween, wearOfMark } from '../wear'

const places = 6
const share = fixed(-1, 1, 4)

/** A portfolio, where it stands, and where its markets go: each index by a part of its band, each kind of wear by a part of what it may. */
const world = fc.record({
  valuations,
  factors,
  held: holdings,
  slack: fixed(0.001, 3, 4),
  asks: fc.constantFrom('maintenance' as const, 'initial' as const),
  moves: fc.record({ BTC: fc.oneof(share, fc.constant(one), fc.constant(decimal('-1'))), ETH: share }),
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

const standing = (held: readonly Holding[], markets: ReadonlyMap<string, Valuation>, of: World): Decimal => {
  const worth = held.map((holding) => {
    if (holding.kind === 'coin') return multiply(holding.best, subtract(one, holding.cut))
    if (holding.kind === 'linear') return multiply(holding.quantity, holding.mark)
    return multiply(holding.quantity, markets.get(holding.underlying)?.mark(holding) ?? zero)
  })
  return subtract(sum(worth), portfolioRequirement(held, markets, { ...of.factors, places })[lineOf(of)])
}

/** Of an account whose coins are in doubt, the initial margin may be the maintenance margin, at another worth: no line is told for that. */
const lineOf = ({ held, asks }: World): World['asks'] =>
  held.some((holding) => holding.kind === 'coin' && !equals(holding.best, holding.worst)) ? 'maintenance' : asks

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

/** Throws where somebody crosses the line, from above or from as far below, within what `reach` tells: the law, and what tries it on a wrong one. */
const check = (of: World, reachIn: typeof reachOf): void => {
  const { valuations: before, held } = of
  const asks = lineOf(of)
  const { maintenance } = portfolioRequirement(held, before, { ...of.factors, places })
  const slack = multiply(maintenance, of.slack)
  const reach = reachIn(held, before, {
    slack: toNumber(slack),
    factor: asks === 'maintenance' ? of.factors.maintenanceFactor : of.factors.initialFactor,
    asks,
    side: asks === 'maintenance' ? 'best' : 'worst',
    places,
  })
  const after = new Map<string, Valuation>()
  for (const [underlying, { inputs, model }] of before) {
    const band = reach.bands.get(underlying) ?? 0
    const move = toNumber(of.moves[underlying as 'BTC' | 'ETH']) * band
    const index = times(inputs.index, Math.max(-band, move - 1e-11))
    const listed = new Map(
      expiries_ms
        .filter((expiry_ms) => reach.wears.has(wearKey(underlying, expiry_ms)))
        .map((expiry_ms) => [expiry_ms, strikesOf(inputs)]),
    )
    const from = valuationOf(underlying, { ...inputs, index }, model)
    const at = (part: number): Valuation => valuationOf(underlying, worn({ ...inputs, index }, of, part), model)
    const part = partWithin((of_) =>
      [...wearBetween(from, at(of_), listed)].every(
        ([expiry_ms, wear]) => wear <= (reach.wears.get(wearKey(underlying, expiry_ms)) ?? 0),
      ),
    )
    after.set(underlying, at(part))
  }
  const moved = held.map((holding): Holding => {
    const [old, now] = [
      before.get(holding.underlying)?.inputs.index ?? one,
      after.get(holding.underlying)?.inputs.index ?? one,
    ]
    const by = toNumber(now) / toNumber(old) - 1
    if (holding.kind === 'coin') return { ...holding, best: times(holding.best, by), worst: times(holding.worst, by) }
    if (holding.kind === 'option') return holding
    const own = (reach.wears.get(holding.id) ?? 0) * 0.99 * toNumber(of.marks)
    const mark = times(times(holding.mark, by), Math.max(-0.9, Math.min(Number.isFinite(own) ? own : 0, 1)) / 1.01)
    const wear = wearOfMark({ mark: holding.mark, index: old }, { mark, index: now })
    return wear <= (reach.wears.get(holding.id) ?? 0)
      ? { ...holding, mark }
      : { ...holding, mark: times(holding.mark, by) }
  })
  const rise = subtract(standing(moved, after, of), standing(held, before, of))
  if (greaterThan(abs(rise), slack))
    throw new Error(`crossed unseen: ${format(rise)} of ${format(slack)}, bands ${[...reach.bands]}`)
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
