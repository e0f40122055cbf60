import { add, type Decimal, decimal, format, lessThan, zero } from '@novation/decimal'
import {
  type Claim,
  type CommandData,
  type EventData,
  type Order,
  orderText,
  parseTime,
  sha256,
} from '@novation/events'
import { type Decision, reject } from '../decision'
import { actorsOf } from '../state/bindings'
import { consentOf } from '../state/consent'
import { orderName } from '../state/fills'
import { type Bound, type Identity, ownerOf } from '../state/identity'
import type { Pool } from '../state/pool'

type Trade = CommandData<'ClearTrade'>

/** What is asked about orders. */
type Asked = Bound & Pick<Pool, 'name' | 'accounts' | 'verify'>

/** One side of a trade: only its own orders are of any use to it. */
interface Side {
  readonly account: string
  readonly side: Order['side']
}

const sidesOf = ({ buyer, seller }: Trade): readonly Side[] => [
  { account: buyer, side: 'buy' },
  { account: seller, side: 'sell' },
]

const isOf =
  ({ account, side }: Side) =>
  (order: Order): boolean =>
    order.account === account && order.side === side

const isOwners = (pool: Bound, { key, account }: Order): boolean =>
  actorsOf(pool, key).some((actor) => ownerOf(actor) === account)

/** Why nothing may be traded on an order, whatever it is worth; last what costs a computation. */
const wrongWith = (pool: Asked, { domain, cancelled }: Identity, order: Order, trade: Trade): string | undefined => {
  const { account, instrument, key, until } = order
  if (instrument !== trade.instrument) return `it is for ${instrument}`
  if (pool.at > parseTime(until)) return `it could be filled until ${until}`
  if (parseTime(until) <= (cancelled.get(orderName(account, order.order)) ?? 0)) return 'it was taken back'
  if (pool.verify === 'assumed') return undefined
  if (!isOwners(pool, order)) return `${key} is no key of its owner`
  return pool.verify(key, orderText(order, domain), order.signature) ? undefined : 'its signature does not hold here'
}

/** Whether a side has what its owner wants, and whether what it was given holds. */
const lacksOrder = (pool: Asked, identity: Identity, trade: Trade, side: Side): string | undefined => {
  const { account: id } = side
  const [order, second] = (trade.orders ?? []).filter(isOf(side))
  if (second !== undefined) return `${id} can trade on one order at a time, not on ${order?.order} and ${second.order}`
  if (order === undefined) {
    const account = pool.accounts.get(id)
    return account !== undefined && consentOf(account, pool.at) === 'orders'
      ? `${id} trades on orders of its owner only, and there is none to ${side.side}`
      : undefined
  }
  const wrong = wrongWith(pool, identity, order, trade)
  return wrong === undefined ? undefined : `nothing is traded on ${order.order} of ${id}: ${wrong}`
}

/**
 * Whether each side of a trade stands on an order of its owner where it must, and each order that is shown holds, also where
 * none need be: what is shown is counted (protocol 30).
 */
export const lacksOrders = (pool: Asked, trade: Trade): Decision | undefined => {
  const { identity } = pool
  const { orders = [] } = trade
  if (identity === undefined)
    return orders.length === 0
      ? undefined
      : reject('not-adopted', `${pool.name} is open: nobody has keys in it, and no order can be proven`)
  const sides = sidesOf(trade)
  const stray = orders.find((order) => !sides.some((side) => isOf(side)(order)))
  const lacking =
    stray === undefined
      ? sides.flatMap((side) => lacksOrder(pool, identity, trade, side) ?? [])[0]
      : `${stray.order} of ${stray.account}, to ${stray.side}, is of neither side of this trade`
  return lacking === undefined ? undefined : reject('order-missing', lacking)
}

const isWorse = ({ side, limit }: Order, price: Decimal): boolean =>
  side === 'buy' ? lessThan(decimal(limit), price) : lessThan(price, decimal(limit))

/** How far each order that is shown will be filled by a trade. */
export const fillsOf = ({ identity }: Bound, { orders = [], quantity }: Trade): EventData<'TradeCleared'>['fills'] =>
  identity === undefined || orders.length === 0
    ? undefined
    : orders.map((order) => {
        const digest = sha256(orderText(order, identity.domain))
        const filled = format(add(identity.fills.get(digest)?.filled ?? zero, decimal(quantity)))
        return { account: order.account, order: order.order, digest, filled, until: order.until }
      })

/** Whether a trade stays within what its orders say: never beyond a limit, nor all fills of one beyond its quantity. */
export const exceedsOrders = (pool: Bound, trade: Trade): Decision | undefined => {
  const { orders = [], price } = trade
  const worse = orders.find((order) => isWorse(order, decimal(price)))
  if (worse !== undefined)
    return reject(
      'order-exceeded',
      `${worse.order} of ${worse.account} is to ${worse.side} at ${worse.limit}, not at ${price}`,
    )
  const fills = fillsOf(pool, trade) ?? []
  const over = orders.find((order, i) => lessThan(decimal(order.quantity), decimal(fills[i]?.filled ?? '0')))
  return over === undefined
    ? undefined
    : reject(
        'order-exceeded',
        `${over.order} of ${over.account} is for ${over.quantity}, and with this trade more would be filled`,
      )
}

/** What is to be checked of orders, for who checks it ahead: nothing of a key that is not their owner's. */
export const orderClaims = (pool: Bound, { orders = [] }: Trade): readonly Claim[] => {
  const { identity } = pool
  if (identity === undefined) return []
  return orders
    .filter((order) => isOwners(pool, order))
    .map((order) => ({ key: order.key, text: orderText(order, identity.domain), signature: order.signature }))
}
