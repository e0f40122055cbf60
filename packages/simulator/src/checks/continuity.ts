import { healthOf, type Pool } from '@novation/clearing'
import {
  abs,
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  max,
  multiply,
  negate,
  subtract,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'
import { cents, equityOf } from './money'

/** What moves worth by being what it is: a mark, what is due since a mark, a final price, other terms. */
const moving: ReadonlySet<LedgerEvent['type']> = new Set([
  'PriceTick',
  'FundingPaid',
  'InstrumentSettled',
  'InstrumentListed',
  'AssetRegistered',
  'PoolParametersSet',
])

type Paid = Extract<LedgerEvent, { type: 'CollateralDeposited' | 'CollateralWithdrawn' }>

type Move = readonly [account: string, amount: Decimal]

const priceOf = (pool: Pool, asset: string): Decimal => {
  const { settlement, price } = pool.assets.get(asset) ?? { settlement: true, price: undefined }
  return settlement ? decimal('1') : (price?.value ?? zero)
}

/** What came while an asset had no fresh price counts for nothing until one is observed since, and leaves last. */
const countedIn = (pool: Pool, { account: id, asset }: { account: string; asset: string }): Decimal => {
  const account = pool.accounts.get(id)
  const held = account?.balances.get(asset) ?? zero
  const waiting = account?.unvalued.get(asset)
  const price = pool.assets.get(asset)?.price
  if (waiting === undefined || (price !== undefined && price.observedAt >= waiting.since)) return held
  return max(zero, subtract(held, waiting.amount))
}

/** What is paid in or out is worth as much as what counts of the holding grows by. */
const paidIn = (before: Pool, after: Pool, data: { account: string; asset: string }): Decimal =>
  multiply(subtract(countedIn(after, data), countedIn(before, data)), priceOf(before, data.asset))

/** What a trade away from the mark is worth to its buyer. */
const gainOf = (
  pool: Pool,
  { instrument: id, quantity, price }: { instrument: string; quantity: string; price: string },
) => {
  const instrument = pool.instruments.get(id)
  const mark = instrument?.price?.value
  return instrument === undefined || mark === undefined
    ? zero
    : multiply(multiply(decimal(quantity), instrument.multiplier), subtract(mark, decimal(price)))
}

const signed = ({ type, data: { amount } }: Paid): Decimal =>
  type === 'CollateralDeposited' ? decimal(amount) : negate(decimal(amount))

/** Whose worth an event moves by how much, by what it says itself. */
const movesOf = (pool: Pool, after: Pool, event: LedgerEvent): readonly Move[] => {
  switch (event.type) {
    case 'CollateralDeposited':
    case 'CollateralWithdrawn':
      return event.data.asset === pool.settlementAsset
        ? [[event.data.account, signed(event)]]
        : [[event.data.account, paidIn(pool, after, event.data)]]
    case 'TradeCleared': {
      const gain = gainOf(pool, event.data)
      return [
        [event.data.buyer, gain],
        [event.data.seller, negate(gain)],
      ]
    }
    case 'Liquidated': {
      const { account, bidder, payment, charge, reward } = event.data
      return [
        [account, negate(add(decimal(payment), decimal(charge)))],
        [bidder, add(decimal(payment), decimal(reward))],
      ]
    }
    case 'CollateralSold': {
      const { account, bidder, paid, quantity, price } = event.data
      const by = subtract(decimal(paid), multiply(decimal(quantity), decimal(price)))
      return [
        [account, by],
        [bidder, negate(by)],
      ]
    }
    case 'CollateralBought': {
      const { account, paid, quantity, price } = event.data
      return [[account, subtract(decimal(paid), multiply(decimal(quantity), decimal(price)))]]
    }
    case 'InsuranceDrawn':
      return [[event.data.to, decimal(event.data.amount)]]
    case 'Deleveraged':
      return [
        [event.data.account, negate(decimal(event.data.share))],
        [event.data.counterparty, decimal(event.data.share)],
      ]
    case 'LossSocialized':
      return [
        ...event.data.taken.map(({ account, amount }): Move => [account, negate(decimal(amount))]),
        ...event.data.given.map(({ account, amount }): Move => [account, decimal(amount)]),
      ]
    default:
      return []
  }
}

/** How often something is rounded to whole units: funding, and each close, that leaves less than a unit to dust. */
const roundingsIn = (events: readonly LedgerEvent[]): number =>
  events.reduce((count, { data }) => count + 1 + ('closed' in data ? data.closed.length : 0), 1)

/**
 * Equity is continuous: no event but a mark, funding or a final price moves anybody's equity by more than it says it pays
 * them, and by the units that rounding leaves. So no money appears or goes where nothing says so.
 */
export const equityContinuous: Law = ({ before, after, events }) => {
  if (events.some(({ type }) => moving.has(type))) return undefined
  const said = new Map<string, Decimal>()
  for (const [id, amount] of events.flatMap((event) => movesOf(before, after, event)))
    said.set(id, add(said.get(id) ?? zero, amount))
  const slack = cents(roundingsIn(events))
  for (const [id, account] of after.accounts) {
    if (before.accounts.get(id) === account) continue
    const moved = subtract(healthOf(after, account).equity, equityOf(before, id))
    const off = subtract(moved, said.get(id) ?? zero)
    if (greaterThan(abs(off), slack))
      return `${events[0]?.type} moves ${id} by ${format(moved)}, and says ${format(said.get(id) ?? zero)}`
  }
  return undefined
}
