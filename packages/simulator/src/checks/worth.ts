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
const wearOf = ({ at, parameters }: Pool, priced: Asset | Instrument): Decimal => {
  const { price } = priced
  if (price === undefined) return one
  if (priced.kind !== 'asset' && priced.fixed) return zero
  const tolerance = parameters.priceTolerance_s
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

/** The lesser and the greater of what it is worth at the last price, and at the one that is held. */
const withHeld = (last: Decimal, other: Decimal): readonly [Decimal, Decimal] => [min(last, other), max(last, other)]

const collateral = (pool: Pool, account: Account): readonly Figures[] =>
  [...account.balances].map(([id, held]) => {
    const asset = pool.assets.get(id)
    if (asset === undefined || asset.settlement)
      return { worst: held, best: held, cutWorst: zero, cutBest: zero, cutCall: zero }
    const price = asset.price?.value ?? zero
    const waiting = account.unvalued.get(id)
    const isOut = waiting !== undefined && waiting.since > (asset.price?.observedAt ?? Number.NEGATIVE_INFINITY)
    const counted = isOut ? max(zero, subtract(held, waiting.amount)) : held
    const worth = multiply(counted, price)
    const wear = wearOf(pool, asset)
    const [low, high] = withHeld(worth, multiply(counted, asset.held?.value ?? price))
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

/** What it is worth without its sign, at least so much a contract where it may cost nothing or less. */
const sizeOf = ({ price, multiplier, marginFloor }: Instrument, quantity: Decimal): Decimal => {
  const last = abs(price?.value ?? zero)
  return multiply(multiply(abs(quantity), multiplier), marginFloor === undefined ? last : max(last, marginFloor))
}

const worthOf = (pool: Pool, { instrument, quantity, cash }: Position, accrued: Decimal): Figures => {
  const value = multiply(multiply(quantity, instrument.multiplier), instrument.price?.value ?? zero)
  const wear = wearOf(pool, instrument)
  const jump = equals(wear, zero) ? zero : multiply(instrument.gap, sizeOf(instrument, quantity))
  const other = multiply(multiply(quantity, instrument.multiplier), instrument.held?.value ?? zero)
  const [low, high] = withHeld(value, instrument.held === undefined ? value : other)
  const beside = add(cash, accrued)
  return {
    worst: subtract(add(beside, low), jump),
    best: add(add(beside, high), multiply(wear, jump)),
    cutWorst: zero,
    cutBest: zero,
    cutCall: zero,
  }
}

const differs = (pool: Pool, account: Account, health: Health): string | undefined => {
  const accrued = new Map(health.positions.map((held) => [held.instrument.id, held.accrued]))
  const figures = [
    ...collateral(pool, account),
    ...[...account.positions.values()].map((held) => worthOf(pool, held, accrued.get(held.instrument.id) ?? zero)),
  ]
  const total = (of: keyof Figures) => sum(figures.map((each) => each[of]))
  const [initial, maintenance] = (['initial', 'maintenance'] as const).map((of) =>
    sum(health.positions.map((held) => held[of])),
  )
  const expected = {
    worst: total('worst'),
    best: total('best'),
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
