import {
  add,
  atLeast,
  type Decimal,
  decimal,
  equals,
  floor,
  isNegative,
  isPositive,
  lessThan,
  max,
  min,
  multiply,
  negate,
  one,
  subtract,
  zero,
} from '@novation/decimal'
import type { Millis } from '@novation/events'
import type { Collateral } from './collateral'
import { expiryOf, forwardName, inputsOf } from './markets'
import type { Account, Asset, Health, Instrument, Pool, Position, Status, Valued } from './pool'
import { givenBack, isTogether, portfolioOf } from './portfolio'
import { marginFor } from './position-margin'
import { notionalAt } from './reference'
import { timingOf } from './timing'
import type { Price } from './values'
import { collateralWorth, settlementPlaces } from './worth'

/**
 * What rounding can do to the worth and margin of an account: of the margins, of what is required for collateral, of
 * accrued funding, of whatever is paid in whole units. In doubles, for estimates.
 */
export const roundingOf = (pool: Pool, { positions, balances }: Account): number =>
  4 * (positions.size + balances.size + 1) * 10 ** -settlementPlaces(pool) * (1 + 1e-9)

const priceOf = (price: Price | undefined, what: string): Decimal => {
  if (price === undefined) throw new RangeError(`${what} has no price yet`)
  return price.value
}

export const markOf = (instrument: Instrument): Decimal => priceOf(instrument.price, instrument.id)

/** What a position is worth at its mark, less what it has cost; exact. */
export const unrealisedIn = ({ quantity, cash, instrument }: Position): Decimal =>
  add(cash, multiply(quantity, multiply(markOf(instrument), instrument.multiplier)))

/** floor(-quantity x (index - last index) x 1): the index is already per contract (risk 6). */
export const accruedFunding = (pool: Pool, { instrument, quantity, fundingIndex }: Position): Decimal =>
  equals(instrument.fundingIndex, fundingIndex)
    ? zero
    : floor(negate(multiply(quantity, subtract(instrument.fundingIndex, fundingIndex))), settlementPlaces(pool))

/**
 * What a position adds at the mark, and at the prices beside it, where there are any: one that is held, and the slow one of an
 * index, so that no spike hurts anybody, or lets anybody go, by itself.
 */
const besides = ({ price, held, multiplier }: Instrument, quantity: Decimal, value: Decimal, at: Decimal) => {
  let [low, high] = [at, at]
  for (const other of [held?.value, price?.slow]) {
    if (other === undefined) continue
    const there = add(at, subtract(multiply(quantity, multiply(other, multiplier)), value))
    low = min(low, there)
    high = max(high, there)
  }
  return { low, high }
}

/** At the worst a price that is not fresh has jumped by the gap; at the best by as much of it as the price has worn. */
const withinGap = ({ stand: { wear }, gap }: Instrument, notional: Decimal, low: Decimal, high: Decimal) => {
  if (wear.step === 0) return { worst: low, best: high }
  const jump = multiply(gap, notional)
  return { worst: subtract(low, jump), best: add(high, multiply(wear.share, jump)) }
}

/** An option that is held never comes to less than nothing, nor one that is sold to more, whatever its price has done. */
const keepingSign = ({ instrument, quantity }: Position, paid: Decimal, so: ReturnType<typeof withinGap>) => {
  if (instrument.option === undefined) return so
  return isNegative(quantity) ? { ...so, best: min(so.best, paid) } : { ...so, worst: max(so.worst, paid) }
}

/** Values one position at the mark. Of a portfolio's, what it requires by itself is not asked. */
const valuePosition = (pool: Pool, position: Position, isTogether: boolean): Valued => {
  const { instrument, quantity, cash, crowding } = position
  const mark = markOf(instrument)
  const value = multiply(quantity, multiply(mark, instrument.multiplier))
  const notional = notionalAt(instrument, quantity, mark)
  const margin = isTogether ? noMargin : marginFor(pool, instrument, quantity, notional, crowding)
  const unrealised = add(cash, value)
  const accrued = accruedFunding(pool, position)
  const atMark = add(unrealised, accrued)
  const { low, high } = besides(instrument, quantity, value, atMark)
  const { worst, best } = keepingSign(position, add(cash, accrued), withinGap(instrument, notional, low, high))
  const { live } = instrument.stand
  return {
    instrument,
    quantity,
    cash,
    mark,
    value,
    notional,
    unrealised,
    accrued,
    worst,
    best,
    marked: live ? atMark : best,
    live,
    initial: margin.initial,
    maintenance: margin.maintenance,
    crowding,
  }
}

const noMargin = { initial: zero, maintenance: zero }

/** W+ < 0, W+ < R, W- < I: strict, so equality stays open. */
const statusOf = (worst: Decimal, best: Decimal, initial: Decimal, maintenance: Decimal): Status => {
  if (isNegative(best)) return 'bankrupt'
  if (lessThan(best, maintenance)) return 'liquidatable'
  return lessThan(worst, initial) ? 'restricted' : 'healthy'
}

type Worths = Pick<Health, 'equity' | 'worst' | 'best' | 'marked'>

/** The same under one requirement. */
const workOutPortfolio = (
  pool: Pool,
  account: Account,
  { equity, worst, best, marked }: Worths,
  valued: readonly Valued[],
  held: Collateral,
): Health => {
  const portfolio = portfolioOf(pool, account, valued, held)
  const { collateral, positions, together } = portfolio
  const given = givenBack(pool, valued)
  const [atWorst, atBest] = [add(worst, given.worst), add(best, given.best)]
  const maintenance = add(portfolio.maintenance, collateral.cutBest)
  const initial = add(portfolio.initial, collateral.cutWorst)
  return {
    status: statusOf(atWorst, atBest, initial, maintenance),
    equity,
    worst: atWorst,
    best: atBest,
    marked,
    initial,
    callLine: add(portfolio.initial, collateral.cutCall),
    maintenance,
    collateral,
    positions,
    portfolio: together,
  }
}

const workOut = (pool: Pool, account: Account): Health => {
  const collateral = collateralWorth(pool, account)
  let { last: equity, worst, best, marked } = collateral
  let [initial, maintenance] = [zero, zero]
  const positions: Valued[] = []
  for (const position of account.positions.values()) {
    const valued = valuePosition(pool, position, isTogether(pool, account, position.instrument))
    equity = add(equity, add(valued.unrealised, valued.accrued))
    worst = add(worst, valued.worst)
    best = add(best, valued.best)
    marked = add(marked, valued.marked)
    initial = add(initial, valued.initial)
    maintenance = add(maintenance, valued.maintenance)
    positions.push(valued)
  }
  if (account.margin === 'portfolio')
    return workOutPortfolio(pool, account, { equity, worst, best, marked }, positions, collateral)
  const maintenanceAtBest = add(maintenance, collateral.cutBest)
  const initialAtWorst = add(initial, collateral.cutWorst)
  return {
    status: statusOf(worst, best, initialAtWorst, maintenanceAtBest),
    equity,
    worst,
    best,
    marked,
    initial: initialAtWorst,
    callLine: add(initial, collateral.cutCall),
    maintenance: maintenanceAtBest,
    collateral,
    positions,
    portfolio: undefined,
  }
}

/** When anything last changed that the account's worth or margin is made from. */
const lastChange = (pool: Pool, account: Account): number => {
  let last = account.stand.changed
  if (account.margin === 'portfolio') last = Math.max(last, pool.standing.markets.changed)
  for (const { instrument } of account.positions.values()) last = Math.max(last, instrument.stand.changed)
  for (const id of account.balances.keys()) last = Math.max(last, pool.assets.get(id)?.stand.changed ?? 0)
  return last
}

/**
 * Worth and margins of an account at the present marks, as fresh as they are. Exact. What was worked out holds until the
 * account, a mark, its wear, or the terms of what it holds change.
 */
export const healthOf = (pool: Pool, account: Account): Health => {
  const { stand } = account
  const last = lastChange(pool, account)
  if (stand.health !== undefined && stand.workedOut === last) return stand.health
  const health = workOut(pool, account)
  pool.standing.healths.keep(stand, health, last)
  return health
}

/** An instrument that is known to be listed: throws a RangeError where it is not. */
export const instrumentOf = (pool: Pool, id: string): Instrument => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`no instrument ${id} in pool ${pool.name}`)
  return instrument
}

/** MM: of positions alone. */
export const positionMargin = ({ maintenance, collateral }: Health): Decimal =>
  subtract(maintenance, collateral.cutBest)

/** Whether W+ < R: it is liquidated. */
export const isBreached = ({ status }: Health): boolean => status === 'liquidatable' || status === 'bankrupt'

/** The worth a liquidation restores: (1 + buffer) x R. */
const bufferOf = (buffer: string, maintenance: Decimal): Decimal => multiply(add(one, decimal(buffer)), maintenance)

/** Whether it stands at what a breach restores, at the best: a bid could restore nothing more. */
export const isAtBuffer = (buffer: string, { best, maintenance }: Health): boolean =>
  atLeast(best, bufferOf(buffer, maintenance))

/** Whether it stands at or above what a liquidation restores, at the worst: nobody is let go on a doubtful price. */
export const isRestored = (buffer: string, { worst, maintenance }: Pick<Health, 'worst' | 'maintenance'>): boolean =>
  atLeast(worst, bufferOf(buffer, maintenance))

export const isFreshAt = (pool: Pool, priced: Instrument | Asset | undefined, at: Millis): boolean =>
  priced?.price !== undefined && at - priced.price.observedAt <= timingOf(pool, priced).priceTolerance_s * 1000

/** Whether a price is known, and not older than the pool tolerates. */
export const isFresh = (pool: Pool, priced: Instrument | Asset | undefined): boolean => isFreshAt(pool, priced, pool.at)

/** What of an option's inputs is stale, or held; where all are fresh, as in a halt, the option itself. */
const missingOf = (pool: Pool, { id, underlying, expiry, option }: Instrument): readonly string[] => {
  if (option === undefined || expiry === undefined) return [id]
  const stale = inputsOf(pool, underlying, expiry).filter(
    ({ observedAt, tolerance_ms }) => pool.at > observedAt + tolerance_ms,
  )
  const index = pool.assets.get(underlying)
  const held = expiryOf(pool, underlying, expiry)?.held
  const names = [
    ...(index?.stand.live === true ? [] : [underlying]),
    ...(held === undefined ? [] : [forwardName(underlying, expiry)]),
    ...stale.map(({ name }) => name),
  ]
  return names.length === 0 ? [id] : names
}

/** What an account depends on that has no fresh price, or another that is held, in byte order. */
export const missingFor = (pool: Pool, account: Account): readonly string[] => {
  const missing: string[] = []
  for (const { instrument } of account.positions.values())
    if (instrument.stand.wear.step > 0 || instrument.held !== undefined) missing.push(...missingOf(pool, instrument))
  for (const [id, amount] of account.balances) {
    const asset = pool.assets.get(id)
    if (asset !== undefined && !asset.settlement && isPositive(amount) && !asset.stand.live) missing.push(id)
  }
  return [...new Set(missing)].sort()
}

/** Whether any of its positions can be dealt in now. */
export const hasLivePosition = ({ positions }: Health): boolean => positions.some(({ live }) => live)

/** Whether anything of it can be sold now: a position, or a coin. */
export const hasLive = (health: Health): boolean =>
  hasLivePosition(health) || health.collateral.coins.some(({ live }) => live)

/** Whether no position is left that a price could still tell anything about. */
export const arePositionsWornOut = ({ positions }: Health): boolean =>
  positions.every(({ instrument }) => equals(instrument.stand.wear.share, one))

/** The same of its coins. */
export const areCoinsWornOut = ({ collateral }: Health): boolean => collateral.coins.every(({ wornOut }) => wornOut)
