import {
  abs,
  add,
  atLeast,
  type Decimal,
  decimal,
  equals,
  floor,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  max,
  min,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { Millis } from '@novation/events'
import { tieredMargin } from '@novation/risk'
import type { Account, Health, Instrument, Pool, Position, Status, Valued } from './pool'
import type { Price } from './values'

/** Decimal places of the settlement asset. */
export const settlementPlaces = (pool: Pool): number =>
  (pool.settlementAsset !== undefined ? pool.assets.get(pool.settlementAsset)?.decimals : undefined) ?? 0

/**
 * What rounding can do to the equity and margin of an account with so many positions: of the margins, of accrued funding,
 * of whatever is paid in whole units. In doubles, for estimates.
 */
export const roundingOf = (pool: Pool, positions: number): number =>
  4 * (positions + 1) * 10 ** -settlementPlaces(pool) * (1 + 1e-9)

const priceOf = (price: Price | undefined, what: string): Decimal => {
  if (price === undefined) throw new RangeError(`${what} has no price yet`)
  return price.value
}

export const markOf = (instrument: Instrument): Decimal => priceOf(instrument.price, instrument.id)

/** floor(-quantity x (index - last index) x 1): the index is already per contract (risk 6). */
export const accruedFunding = (pool: Pool, { instrument, quantity, fundingIndex }: Position): Decimal =>
  equals(instrument.fundingIndex, fundingIndex)
    ? zero
    : floor(negate(multiply(quantity, subtract(instrument.fundingIndex, fundingIndex))), settlementPlaces(pool))

/** Values one position at the mark. */
const valuePosition = (pool: Pool, position: Position): Valued => {
  const { instrument, quantity, cash } = position
  const mark = markOf(instrument)
  const unitValue = multiply(mark, instrument.multiplier)
  const value = multiply(quantity, unitValue)
  const notional = abs(value)
  const margin = tieredMargin(
    instrument.margin,
    notional,
    instrument.margin.openInterestScaling === undefined ? zero : multiply(instrument.openInterest, unitValue),
    settlementPlaces(pool),
  )
  return {
    instrument,
    quantity,
    cash,
    mark,
    value,
    notional,
    unrealised: add(cash, value),
    accrued: accruedFunding(pool, position),
    initial: margin.initial,
    maintenance: margin.maintenance,
  }
}

/** What `amount` of an asset counts for: haircut if it is held, in full if it is owed; nothing while it has no price. */
export const collateralValue = (pool: Pool, asset: string, amount: Decimal): Decimal => {
  const terms = pool.assets.get(asset)
  if (terms === undefined || isZero(amount)) return zero
  if (terms.settlement) return amount
  if (terms.price === undefined) return zero
  const worth = multiply(amount, terms.price.value)
  return isPositive(amount) ? multiply(worth, subtract(one, terms.haircut)) : worth
}

/** equity < 0, < MM, < IM: strict, so equality stays open (risk 1). */
export const statusOf = (equity: Decimal, initial: Decimal, maintenance: Decimal): Status => {
  if (isNegative(equity)) return 'bankrupt'
  if (lessThan(equity, maintenance)) return 'liquidatable'
  return lessThan(equity, initial) ? 'restricted' : 'healthy'
}

const workOut = (pool: Pool, account: Account): Health => {
  let equity = zero
  let initial = zero
  let maintenance = zero
  for (const [asset, amount] of account.balances) equity = add(equity, collateralValue(pool, asset, amount))
  const positions: Valued[] = []
  for (const position of account.positions.values()) {
    const valued = valuePosition(pool, position)
    equity = add(equity, add(valued.unrealised, valued.accrued))
    initial = add(initial, valued.initial)
    maintenance = add(maintenance, valued.maintenance)
    positions.push(valued)
  }
  return { status: statusOf(equity, initial, maintenance), equity, initial, maintenance, positions }
}

/** When anything last changed that the account's equity or margin is made from. */
const lastChange = (pool: Pool, account: Account): number => {
  let last = account.stand.changed
  for (const { instrument } of account.positions.values()) last = Math.max(last, instrument.stand.changed)
  for (const id of account.balances.keys()) last = Math.max(last, pool.assets.get(id)?.stand.changed ?? 0)
  return last
}

/**
 * Equity and margins of an account at the present marks, whether or not they are fresh. Exact. What was worked out
 * holds until the account, a mark or the terms of what it holds change.
 */
export const healthOf = (pool: Pool, account: Account): Health => {
  const { stand } = account
  const last = lastChange(pool, account)
  if (stand.health !== undefined && stand.workedOut === last) return stand.health
  const health = workOut(pool, account)
  stand.health = health
  stand.workedOut = last
  return health
}

/** An instrument that is known to be listed: throws a RangeError where it is not. */
export const instrumentOf = (pool: Pool, id: string): Instrument => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) throw new RangeError(`no instrument ${id} in pool ${pool.name}`)
  return instrument
}

/** Principal in the settlement asset: each asset's at what it counts for. */
export const principalOf = (pool: Pool, account: Account): Decimal =>
  sum([...account.principal].map(([asset, amount]) => collateralValue(pool, asset, amount)))

/** profit = max(0, equity) - min(max(0, equity), principal): all that another's default may ever reach. */
export const profitOf = (pool: Pool, account: Account, equity: Decimal): Decimal => {
  const worth = max(zero, equity)
  return subtract(worth, min(worth, principalOf(pool, account)))
}

/** The equity a liquidation restores: (1 + buffer) x MM. */
export const bufferOf = (buffer: string, maintenance: Decimal): Decimal =>
  multiply(add(one, decimal(buffer)), maintenance)

export const isFreshAt = (pool: Pool, price: Price | undefined, at: Millis): boolean =>
  price !== undefined && at - price.observedAt <= pool.parameters.priceTolerance_s * 1000

/** Whether a price may be decided on: known, and not older than the pool tolerates. */
export const isFresh = (pool: Pool, price: Price | undefined): boolean => isFreshAt(pool, price, pool.at)

/** The instruments and assets an account depends on whose price will be unknown or stale at a time, in byte order. */
export const staleAt = (pool: Pool, account: Account, at: Millis): readonly string[] => {
  const stale: string[] = []
  for (const { instrument } of account.positions.values())
    if (!isFreshAt(pool, instrument.price, at)) stale.push(instrument.id)
  for (const id of account.balances.keys()) {
    const asset = pool.assets.get(id)
    if (asset !== undefined && !asset.settlement && !isFreshAt(pool, asset.price, at)) stale.push(id)
  }
  return stale.sort()
}

export const staleFor = (pool: Pool, account: Account): readonly string[] => staleAt(pool, account, pool.at)

/** Whether whatever is decided about an account can be decided now: every price it depends on is fresh. */
export const isPriced = (pool: Pool, id: string): boolean => {
  const account = pool.accounts.get(id)
  return account !== undefined && staleFor(pool, account).length === 0
}

/** Whether equity stands at or above the buffer that a liquidation restores. */
export const isRestored = (buffer: string, equity: Decimal, maintenance: Decimal): boolean =>
  atLeast(equity, bufferOf(buffer, maintenance))
