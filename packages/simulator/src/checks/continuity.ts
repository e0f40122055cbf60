import { healthOf, type Pool } from '@novation/clearing'
import {
  abs,
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
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

type Move = readonly [account: string, amount: Decimal]

const worthOf = (pool: Pool, asset: string, amount: Decimal): Decimal => {
  const { settlement, price, haircut } = pool.assets.get(asset) ?? { settlement: true, price: undefined, haircut: zero }
  if (settlement) return amount
  return price === undefined ? zero : multiply(multiply(amount, price.value), subtract(decimal('1'), haircut))
}

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

/** Whose worth an event moves by how much, by what it says itself. */
const movesOf = (pool: Pool, event: LedgerEvent): readonly Move[] => {
  switch (event.type) {
    case 'CollateralDeposited':
      return [[event.data.account, worthOf(pool, event.data.asset, decimal(event.data.amount))]]
    case 'CollateralWithdrawn':
      return [[event.data.account, negate(worthOf(pool, event.data.asset, decimal(event.data.amount)))]]
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
    case 'InsuranceDrawn':
      return [[event.data.to, decimal(event.data.amount)]]
    case 'Deleveraged':
      return [
        [event.data.account, decimal(event.data.given)],
        [event.data.counterparty, negate(decimal(event.data.given))],
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
  for (const [id, amount] of events.flatMap((event) => movesOf(before, event)))
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
