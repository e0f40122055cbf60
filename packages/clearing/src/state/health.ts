import {
  abs,
  add,
  atLeast,
  type Decimal,
  decimal,
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
import { tieredMargin } from '@novation/risk'
import type { Account, Asset, Instrument, Pool, Position, Price } from './pool'

/** Follows from equity alone (risk 1). */
export type Status = 'healthy' | 'restricted' | 'liquidatable' | 'bankrupt'

/** One position at the present mark; amounts in the settlement asset. */
export interface Valued {
  readonly instrument: Instrument
  readonly position: Position
  readonly mark: Decimal
  /** quantity x mark x multiplier, signed. */
  readonly value: Decimal
  readonly notional: Decimal
  /** positionCash + value, exact. */
  readonly unrealised: Decimal
  /** Funding due, rounded down. */
  readonly accrued: Decimal
  readonly initial: Decimal
  readonly maintenance: Decimal
}

export interface Health {
  readonly status: Status
  readonly equity: Decimal
  readonly initial: Decimal
  readonly maintenance: Decimal
  readonly positions: readonly Valued[]
}

/** Decimal places of the settlement asset. */
export const settlementPlaces = (pool: Pool): number =>
  (pool.settlementAsset !== undefined ? pool.assets.get(pool.settlementAsset)?.decimals : undefined) ?? 0

const priceOf = (price: Price | undefined, what: string): Decimal => {
  if (price === undefined) throw new RangeError(`${what} has no price yet`)
  return price.value
}

export const markOf = (instrument: Instrument): Decimal => priceOf(instrument.price, instrument.id)

/** floor(-quantity x (index - last index) x 1): the index is already per contract (risk 6). */
export const accruedFunding = (pool: Pool, instrument: Instrument, position: Position): Decimal =>
  floor(
    negate(multiply(position.quantity, subtract(instrument.fundingIndex, position.fundingIndex))),
    settlementPlaces(pool),
  )

const openInterestNotional = (instrument: Instrument, unitValue: Decimal): Decimal =>
  multiply(instrument.openInterest, unitValue)

/** Values one position at the mark. */
export const valuePosition = (pool: Pool, instrument: Instrument, position: Position): Valued => {
  const mark = markOf(instrument)
  const unitValue = multiply(mark, instrument.multiplier)
  const value = multiply(position.quantity, unitValue)
  const notional = abs(value)
  const margin = tieredMargin(
    instrument.margin,
    notional,
    openInterestNotional(instrument, unitValue),
    settlementPlaces(pool),
  )
  return {
    instrument,
    position,
    mark,
    value,
    notional,
    unrealised: add(position.cash, value),
    accrued: accruedFunding(pool, instrument, position),
    ...margin,
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

const collateral = (pool: Pool, account: Account): Decimal =>
  sum(account.balances.entrySeq().map(([asset, amount]) => collateralValue(pool, asset, amount)))

/** equity < 0, < MM, < IM: strict, so equality stays open (risk 1). */
export const statusOf = (equity: Decimal, initial: Decimal, maintenance: Decimal): Status => {
  if (isNegative(equity)) return 'bankrupt'
  if (lessThan(equity, maintenance)) return 'liquidatable'
  return lessThan(equity, initial) ? 'restricted' : 'healthy'
}

const workedOut = (pool: Pool, account: Account): Health => {
  const positions = account.positions
    .toArray()
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, position]) => valuePosition(pool, instrumentOf(pool, id), position))
  const equity = add(
    collateral(pool, account),
    sum(positions.map(({ unrealised, accrued }) => add(unrealised, accrued))),
  )
  const initial = sum(positions.map((position) => position.initial))
  const maintenance = sum(positions.map((position) => position.maintenance))
  return { status: statusOf(equity, initial, maintenance), equity, initial, maintenance, positions }
}

/** Whether a position is worth the same on these terms as on those; what is not the very same is not taken for it. */
const isAlike = (a: Instrument, b: Instrument): boolean =>
  a.price === b.price &&
  a.fundingIndex === b.fundingIndex &&
  a.margin === b.margin &&
  a.multiplier === b.multiplier &&
  (a.margin.openInterestScaling === undefined || a.openInterest === b.openInterest)

const asBefore = (pool: Pool, valued: Valued): Valued | undefined => {
  const instrument = instrumentOf(pool, valued.instrument.id)
  if (instrument === valued.instrument) return valued
  return isAlike(valued.instrument, instrument) ? { ...valued, instrument } : undefined
}

/** What was last worked out for an account as it is, and the terms of what it held as collateral then. */
const known = new WeakMap<Account, { readonly health: Health; readonly assets: readonly (Asset | undefined)[] }>()

const assetsOf = (pool: Pool, { balances }: Account): readonly (Asset | undefined)[] =>
  [...balances.keys()].map((id) => pool.assets.get(id))

const stillKnown = (pool: Pool, account: Account, assets: readonly (Asset | undefined)[]): Health | undefined => {
  const before = known.get(account)
  if (before === undefined || before.assets.some((asset, i) => asset !== assets[i])) return undefined
  const positions = before.health.positions.flatMap((valued) => asBefore(pool, valued) ?? [])
  return positions.length === before.health.positions.length ? { ...before.health, positions } : undefined
}

/**
 * Equity and margins of an account at the present marks, whether or not they are fresh. Exact. An account is a value, so
 * what was worked out for it holds until a mark or the terms of what it holds change.
 */
export const healthOf = (pool: Pool, account: Account): Health => {
  const assets = assetsOf(pool, account)
  const health = stillKnown(pool, account, assets) ?? workedOut(pool, account)
  known.set(account, { health, assets })
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
  sum(account.principal.entrySeq().map(([asset, amount]) => collateralValue(pool, asset, amount)))

/** profit = max(0, equity) - min(max(0, equity), principal): all that another's default may ever reach. */
export const profitOf = (pool: Pool, account: Account, equity: Decimal): Decimal => {
  const worth = max(zero, equity)
  return subtract(worth, min(worth, principalOf(pool, account)))
}

/** The equity a liquidation restores: (1 + buffer) x MM. */
export const bufferOf = (buffer: string, maintenance: Decimal): Decimal =>
  multiply(add(one, decimal(buffer)), maintenance)

/** Whether a price may be decided on: known, and not older than the pool tolerates. */
export const isFresh = (pool: Pool, price: Price | undefined): boolean =>
  price !== undefined && pool.at - price.observedAt <= pool.parameters.priceTolerance_s * 1000

/** The instruments and assets an account depends on whose price is unknown or stale, in byte order. */
export const staleFor = (pool: Pool, account: Account): readonly string[] =>
  [
    ...[...account.positions.keys()].filter((id) => !isFresh(pool, pool.instruments.get(id)?.price)),
    ...[...account.balances].flatMap(([id, amount]) => {
      const asset = pool.assets.get(id)
      return asset === undefined || asset.settlement || isZero(amount) || isFresh(pool, asset.price) ? [] : [id]
    }),
  ].sort()

/** Whether whatever is decided about an account can be decided now: every price it depends on is fresh. */
export const isPriced = (pool: Pool, id: string): boolean => {
  const account = pool.accounts.get(id)
  return account !== undefined && staleFor(pool, account).length === 0
}

/** Whether equity stands at or above the buffer that a liquidation restores. */
export const isRestored = (buffer: string, equity: Decimal, maintenance: Decimal): boolean =>
  atLeast(equity, bufferOf(buffer, maintenance))
