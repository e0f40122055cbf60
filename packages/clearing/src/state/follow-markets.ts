import { type Decimal, format, toNumber } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { wearBetween } from '@novation/risk'
import { fireAll, moveTo } from './axis'
import { type MarketStand, marketStand } from './market-stand'
import type { Account, Instrument, Pool } from './pool'
import type { Valuations } from './risk'

type Fired = (account: Account) => void

/** What a contract costs, as a share of its underlying. */
export const basisOf = (pool: Pick<Pool, 'risk'>, { price, underlying }: Instrument): number | undefined => {
  const index = pool.risk?.valuations.get(underlying)?.last.inputs.index
  return index === undefined || price === undefined ? undefined : toNumber(price.value) / toNumber(index)
}

export const followBasis = (pool: Pick<Pool, 'risk'>, instrument: Instrument, fired: Fired): void => {
  const { basis } = instrument.stand
  const value = basis === undefined ? undefined : basisOf(pool, instrument)
  if (basis !== undefined && value !== undefined && value !== basis.value) moveTo(basis, value, fired)
}

/** Whether it is valued by other means than before, for which no band was placed. */
const isOtherwise = (before: Valuations, now: Valuations): boolean =>
  before.last.model !== now.last.model ||
  before.last.stepsInForce !== now.last.stepsInForce ||
  (before.slow === undefined) !== (now.slow === undefined) ||
  (before.held === undefined) !== (now.held === undefined)

const fireHolders = (pool: Pool, underlying: string, fired: Fired): void => {
  const fire = (holders: Iterable<Account>): void => {
    for (const holder of holders) if (holder.margin === 'portfolio') fired(holder)
  }
  fire(pool.assets.get(underlying)?.holders ?? [])
  for (const { underlying: of, holders } of pool.instruments.values()) if (of === underlying) fire(holders)
}

/** The strikes that somebody holds of each expiry on which somebody stands. */
const heldStrikes = (
  pool: Pool,
  underlying: string,
  { wears }: MarketStand<Account>,
): ReadonlyMap<Millis, readonly Decimal[]> => {
  const strikes = new Map<Millis, Map<string, Decimal>>()
  for (const [expiry, { rising }] of wears) if (rising.size > 0) strikes.set(expiry, new Map())
  for (const { underlying: of, expiry, option, holders } of pool.instruments.values())
    if (of === underlying && option !== undefined && holders.size > 0)
      strikes.get(expiry ?? 0)?.set(format(option.strike), option.strike)
  return new Map([...strikes].map(([expiry, of]) => [expiry, [...of.values()]]))
}

/** Each expiry wears by what has happened to it; one whose forward is being averaged, or is known no more, holds no band. */
const wear = (
  pool: Pool,
  underlying: string,
  stand: MarketStand<Account>,
  before: Valuations,
  now: Valuations,
  fired: Fired,
) => {
  const held = heldStrikes(pool, underlying, stand)
  if (held.size === 0) return
  for (const [expiry, by] of wearBetween(before.last, now.last, held)) {
    const axis = stand.wears.get(expiry)
    if (axis === undefined) continue
    const isAveraging = now.last.inputs.expiries.get(expiry)?.window !== undefined
    if (isAveraging || !Number.isFinite(by)) fireAll(axis, fired)
    else if (by > 0) moveTo(axis, axis.value + by, fired)
  }
}

const followMarket = (pool: Pool, underlying: string, now: Valuations | undefined, fired: Fired): void => {
  const stand = marketStand(pool.standing.markets, underlying)
  const before = stand.valued
  if (before === now) return
  stand.valued = now
  moveTo(stand.turns, stand.turns.value + 1, fired)
  for (const instrument of pool.instruments.values())
    if (instrument.underlying === underlying) followBasis(pool, instrument, fired)
  if (before === undefined || now === undefined || isOtherwise(before, now)) fireHolders(pool, underlying, fired)
  else wear(pool, underlying, stand, before, now, fired)
}

/** Names whoever an underlying may hurt, or let go, by what it is valued by now: bands of its price, and of prices that follow it, aside. */
export const followMarkets = (pool: Pool, fired: Fired): void => {
  const valuations = pool.risk?.valuations ?? new Map<string, Valuations>()
  for (const underlying of new Set([...valuations.keys(), ...pool.standing.markets.of.keys()]))
    followMarket(pool, underlying, valuations.get(underlying), fired)
}
