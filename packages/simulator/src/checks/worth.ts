import type { Account, Asset, Health, Instrument, Pool, Position } from '@novation/clearing'
import {
  abs,
  add,
  ceil,
  type Decimal,
  decimal,
  divideFloor,
  equals,
  format,
  integer,
  isNegative,
  max,
  min,
  multiply,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { Law } from './law'

/** min(1, floor(age / tolerance) x tolerance / wear) once a price is older than the tolerance, or its market halted; 0 at a fixing. */
const wearOf = ({ at, parameters, oracle }: Pool, priced: Asset | Instrument): Decimal => {
  const { price } = priced
  if (price === undefined) return one
  if (priced.kind !== 'asset' && priced.fixed) return zero
  const index = oracle?.terms.get(priced.index ?? '')?.said
  const tolerance = Math.min(parameters.priceTolerance_s, (index?.tolerance_ms ?? Number.POSITIVE_INFINITY) / 1000)
  const isHalted = priced.kind !== 'asset' && priced.state === 'halted'
  const age = at - (isHalted ? Math.min(price.observedAt, priced.since - tolerance * 1000 - 1) : price.observedAt)
  if (age <= tolerance * 1000) return zero
  const steps = Math.floor(age / (tolerance * 1000))
  return min(one, divideFloor(integer(steps * tolerance), integer(parameters.wear_s), 18))
}

interface Figures {
  readonly worst: Decimal
  readonly best: Decimal
  readonly cutWorst: Decimal
  readonly cutBest: Decimal
  readonly cutCall: Decimal
}

/** The least and the greatest of what so much is worth at the last price, at the one that is held, and at the slow one of an index. */
const beside = ({ price, held }: Asset | Instrument, quantity: Decimal): readonly [Decimal, Decimal] => {
  const worths = [price?.value, held?.value, price?.slow]
    .flatMap((each) => each ?? [])
    .map((each) => multiply(quantity, each))
  const [first = zero, ...others] = worths
  return [others.reduce(min, first), others.reduce(max, first)]
}

const collateral = (pool: Pool, account: Account): readonly Figures[] =>
  [...account.balances].map(([id, held]) => {
    const asset = pool.assets.get(id)
    if (asset === undefined || asset.settlement)
      return { worst: held, best: held, cutWorst: zero, cutBest: zero, cutCall: zero }
    const waiting = account.unvalued.get(id)
    const isOut = waiting !== undefined && waiting.since > (asset.price?.observedAt ?? Number.NEGATIVE_INFINITY)
    const counted = isOut ? max(zero, subtract(held, waiting.amount)) : held
    const wear = wearOf(pool, asset)
    const [low, high] = beside(asset, counted)
    const [worst, best] = [equals(wear, zero) ? low : zero, multiply(high, subtract(one, wear))]
    const cut = max(asset.haircut, decimal(pool.parameters.liquidation.fee))
    const least = asset.former.reduce((so, { was }) => min(so, was), cut)
    const required = (by: Decimal, of: Decimal): Decimal => min(of, ceil(multiply(by, of), 2))
    return {
      worst,
      best,
      cutWorst: required(cut, worst),
      cutBest: required(least, best),
      cutCall: required(cut, best),
    }
  })

/** What it is worth without its sign, at least so much a contract where it may cost nothing or less; an option is as large as its underlying. */
const sizeOf = ({ price, multiplier, marginFloor, option }: Instrument, quantity: Decimal): Decimal => {
  const last = abs((option === undefined ? price?.value : price?.underlying) ?? zero)
  return multiply(multiply(abs(quantity), multiplier), marginFloor === undefined ? last : max(last, marginFloor))
}

const worthOf = (pool: Pool, { instrument, quantity, cash }: Position, accrued: Decimal): Figures => {
  const wear = wearOf(pool, instrument)
  const jump = equals(wear, zero) ? zero : multiply(instrument.gap, sizeOf(instrument, quantity))
  const [low, high] = beside(instrument, multiply(quantity, instrument.multiplier))
  const paid = add(cash, accrued)
  const [worst, best] = [subtract(add(paid, low), jump), add(add(paid, high), multiply(wear, jump))]
  // Whoever holds an option can lose no more of it than all, and whoever has sold one gain no more.
  const isSold = instrument.option !== undefined && isNegative(quantity)
  const isHeld = instrument.option !== undefined && !isSold
  return {
    worst: isHeld ? max(worst, paid) : worst,
    best: isSold ? min(best, paid) : best,
    cutWorst: zero,
    cutBest: zero,
    cutCall: zero,
  }
}

/** What positions require: each by itself, or of a portfolio all that stands together as one. */
const requiredBy = ({ positions, portfolio }: Health, of: 'initial' | 'maintenance'): Decimal =>
  add(
    portfolio?.requirement?.[of] ?? zero,
    sum(
      positions
        .filter(({ instrument }) => portfolio?.contributions.has(instrument.id) !== true)
        .map((held) => held[of]),
    ),
  )

/**
 * A price of an underlying that is held moves all options on it at once: of a portfolio the worse of the two marks of all of them
 * counts, and not the worse of each.
 */
const movedTogether = (pool: Pool, { positions }: Account): Pick<Figures, 'worst' | 'best'> => {
  const fresh = [...positions.values()].filter(
    ({ instrument }) => instrument.option !== undefined && equals(wearOf(pool, instrument), zero),
  )
  const moves = new Map<string, Decimal>()
  let [worst, best] = [zero, zero]
  for (const { instrument, quantity } of fresh) {
    const { price, held, multiplier, underlying } = instrument
    if (price === undefined || held === undefined) continue
    const by = multiply(multiply(quantity, multiplier), subtract(held.value, price.value))
    moves.set(underlying, add(moves.get(underlying) ?? zero, by))
    worst = subtract(worst, min(zero, by))
    best = subtract(best, max(zero, by))
  }
  for (const by of moves.values()) {
    worst = add(worst, min(zero, by))
    best = add(best, max(zero, by))
  }
  return { worst, best }
}

const differs = (pool: Pool, account: Account, health: Health): string | undefined => {
  const accrued = new Map(health.positions.map((held) => [held.instrument.id, held.accrued]))
  const figures = [
    ...collateral(pool, account),
    ...[...account.positions.values()].map((held) => worthOf(pool, held, accrued.get(held.instrument.id) ?? zero)),
  ]
  const total = (of: keyof Figures) => sum(figures.map((each) => each[of]))
  const [initial, maintenance] = (['initial', 'maintenance'] as const).map((of) => requiredBy(health, of))
  const apart = account.margin === 'portfolio' ? movedTogether(pool, account) : { worst: zero, best: zero }
  const expected = {
    worst: add(total('worst'), apart.worst),
    best: add(total('best'), apart.best),
    initial: add(initial ?? zero, total('cutWorst')),
    callLine: add(initial ?? zero, total('cutCall')),
    maintenance: add(maintenance ?? zero, total('cutBest')),
  }
  for (const [name, must] of Object.entries(expected)) {
    const is = health[name as keyof typeof expected]
    if (!equals(is, must)) return `${name} of ${account.id} is ${format(is)}, and by the formula ${format(must)}`
  }
  return undefined
}

/** Everybody is worth at the worst and at the best, and is required to have, what the formulas say, worked out anew. */
export const worthByTheFormula: Law = ({ after, healths }) => {
  for (const [id, health] of healths()) {
    const account = after.accounts.get(id)
    const wrong = account === undefined ? undefined : differs(after, account, health)
    if (wrong !== undefined) return wrong
  }
  return undefined
}
