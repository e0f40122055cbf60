import {
  add,
  compare,
  type Decimal,
  decimal,
  format,
  greaterThan,
  isNegative,
  lessThan,
  multiply,
  one,
  subtract,
  sum,
  unit,
  zero,
} from '@novation/decimal'
import type { Command, EventType, LedgerEvent } from '@novation/events'
import { process } from '../ledger/process'
import { rehearse } from '../ledger/rehearse'
import type { Book } from '../state/book'
import { healthOf } from '../state/health'
import { type Item, liveItems } from '../state/items'
import type { Account, Pool } from '../state/pool'
import { maintenanceAt } from '../state/position-margin'
import { leastCutOf } from '../state/worth'
import { accountIn, eventsOf, type Law, units } from './append'

const anything = decimal('1000000000000000')

/** Somebody of another owner who may take over several items, and to whose owner all of that is new risk. */
const someElse = (pool: Pool, { owner, positions }: Account): Account | undefined =>
  [...pool.accounts.values()].find(
    (each) =>
      each.owner !== owner &&
      each.margin === 'cross' &&
      each.liquidation === undefined &&
      ![...each.owner.accounts].some((own) => [...own.positions.keys()].some((id) => positions.has(id))),
  )

/** What the account requires with one lot more of an item than it has left. */
const withALotMore = (pool: Pool, account: Account, { id, position, coin }: Item): Decimal => {
  const { maintenance } = healthOf(pool, account)
  const step = (required: (of: Decimal) => Decimal, has: Decimal, more: Decimal) =>
    add(subtract(maintenance, required(has)), required(more))
  if (position !== undefined) {
    const { instrument, mark } = position
    const has = account.positions.get(id)?.quantity ?? zero
    const more = isNegative(position.quantity) ? subtract(has, instrument.lot) : add(has, instrument.lot)
    return step((quantity) => maintenanceAt(pool, instrument, quantity, mark), has, more)
  }
  const asset = pool.assets.get(id)
  const has = account.balances.get(id) ?? zero
  if (asset === undefined) return maintenance
  return step((quantity) => leastCutOf(pool, asset, multiply(quantity, coin.price)), has, add(has, unit(coin.decimals)))
}

const takenIn = (events: readonly LedgerEvent[]): ReadonlySet<string> =>
  new Set([
    ...eventsOf(events, 'Liquidated').flatMap(({ data }) => data.closed.map(({ instrument }) => instrument)),
    ...eventsOf(events, 'CollateralSold').map(({ data }) => data.asset),
  ])

/** What is rounded: what the fill pays and charges, each margin, and what a coin costs. */
const roundings = 6

/** By how much the account would stand beyond its buffer with a lot more of the last item that somebody takes who bids for all of it. */
const beyond = (book: Book, account: Account): { readonly last: string; readonly by: Decimal } | undefined => {
  const bidder = someElse(book, account)
  const { liquidation } = account
  const items = [...liveItems(healthOf(book, account))].sort((a, b) => compare(b.required, a.required))
  if (bidder === undefined || liquidation === undefined || items.length < 2) return undefined
  return rehearse(book, () => {
    book.put(bidder, 'balances', book.settlementAsset ?? '', anything)
    const made = process(
      book,
      {
        id: 'all-of-it',
        pool: book.name,
        type: 'BidLiquidation',
        actor: 'operator',
        data: { liquidation: liquidation.id, bidder: bidder.id, fraction: '1' },
      } as Command,
      book.at,
    )
    if (made.tag !== 'decided' || made.rejection !== undefined) return undefined
    const taken = takenIn(made.events)
    const last = items.filter(({ id }) => taken.has(id)).at(-1)
    const health = healthOf(book, account)
    // Where only dust would stay, all of it is closed.
    const left = sum(liveItems(health).map(({ value }) => value))
    if (last === undefined || lessThan(left, decimal(liquidation.terms.dust))) return undefined
    const target = multiply(add(one, decimal(liquidation.terms.buffer)), withALotMore(book, account, last))
    return { last: last.id, by: subtract(health.best, target) }
  })
}

const telling: ReadonlySet<EventType> = new Set(['LiquidationStarted', 'AuctionTurned', 'Liquidated', 'PriceTick'])

/**
 * Of several items, a bid for all of them takes those first that require most, and of the last so many lots as restore the
 * account: with one lot more of that it would not stand at its buffer.
 */
export const severalAreClosedAsFarAsNeeded: Law = ({ after, events }) => {
  if (after.bulk !== undefined || !events.some(({ type }) => telling.has(type))) return undefined
  for (const [id, name] of [...after.liquidations]) {
    const account = accountIn(after, name)
    if (account.liquidation?.cause !== undefined || isNegative(healthOf(after, account).best)) continue
    const more = beyond(after, account)
    if (more !== undefined && greaterThan(more.by, units(after, roundings)))
      return `a bid for all of ${id} takes so much of ${more.last} that with a lot more ${name} would stand ${format(more.by)} beyond its buffer`
  }
  return undefined
}
