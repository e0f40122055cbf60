import type { Account, Book } from '@novation/clearing'
import { add, type Decimal, decimal, lessThan, zero } from '@novation/decimal'
import { type Command, type LedgerEvent, type Order, orderText, signedText, type Verify } from '@novation/events'
import { keyOf, ownerOf } from '../load/keys'
import type { Law } from './law'

/** Whether a key speaks for somebody, by what is registered. */
const speaks = ({ identity, at }: Book, key: string, actor?: string): boolean =>
  (identity?.keys.get(key) ?? []).some(
    (each) => each.revokedAt === undefined && each.from <= at && (actor === undefined || each.actor === actor),
  )

const isBrought = ({ type, data }: Command, key: string): boolean => type === 'RegisterKey' && data.key === key

/** Whether each signature of a command holds in a domain. */
export const holdIn = (verify: Verify, command: Command, domain: string): boolean => {
  const text = signedText(command, command.type === 'AdoptIdentity' ? command.data.domain : domain)
  return (command.signatures ?? []).every(({ key, signature }) => verify(key, text, signature))
}

/** Once a pool has adopted identity, whatever was decided was signed by its sender, with keys that counted, over these very words. */
export const vouchedFor =
  (verify: Verify): Law =>
  ({ before, events }) => {
    const { command } = events[0]?.metadata ?? {}
    const { identity } = before
    if (command === undefined || identity === undefined || command.type === 'AdoptIdentity') return undefined
    const { id, actor, signatures = [] } = command
    const dead = signatures.find(({ key }) => !speaks(before, key) && !isBrought(command, key))
    if (dead !== undefined) return `${id} was taken though ${dead.key} did not count`
    if (!signatures.some(({ key }) => speaks(before, key, actor))) return `${id} was taken without a key of ${actor}`
    return holdIn(verify, command, identity.domain) ? undefined : `${id} was taken with a signature that does not hold`
  }

const consentOf = ({ consent }: Account, at: number): string =>
  consent?.later !== undefined && consent.later.from <= at ? consent.later.consent : (consent?.now ?? 'venue')

/** What leaves an account, or comes into it, for which its owner's own key is needed. */
const takenFrom = ({ accounts, at }: Book, { type, data }: LedgerEvent): string | undefined => {
  const id = type === 'CollateralWithdrawn' ? data.account : type === 'Liquidated' ? data.bidder : undefined
  const account = accounts.get(id ?? '')
  if (account === undefined) return undefined
  const consent = consentOf(account, at)
  return consent === 'orders' || (consent === 'withdrawals' && type === 'CollateralWithdrawn') ? account.id : undefined
}

/** An owner who has said so loses nothing without the true key, whatever other keys may be registered. */
export const ownersAsked: Law = ({ before, events }) => {
  const signatures = events[0]?.metadata.command?.signatures ?? []
  const taken = events.flatMap((event) => takenFrom(before, event) ?? [])
  const robbed = taken.find((account) => !signatures.some(({ key }) => key === keyOf(ownerOf(account))?.key))
  return robbed === undefined ? undefined : `${robbed} was not asked at ${events[0]?.revision}`
}

/** What is traded for who trades on orders stays within them, all trades on one together. */
export const withinOrders = (verify: Verify): Law => {
  const filled = new Map<string, Decimal>()
  const wrongWith = (domain: string, order: Order, quantity: string, price: string): string | undefined => {
    const text = orderText(order, domain)
    const sum = add(filled.get(text) ?? zero, decimal(quantity))
    filled.set(text, sum)
    if (!verify(order.key, text, order.signature)) return 'is not signed'
    const [low, high] = order.side === 'buy' ? [price, order.limit] : [order.limit, price]
    if (lessThan(decimal(high), decimal(low))) return 'was traded beyond its limit'
    return lessThan(decimal(order.quantity), sum) ? 'was filled twice' : undefined
  }
  return ({ before, events }) => {
    const { command } = events[0]?.metadata ?? {}
    const { identity } = before
    if (command?.type !== 'ClearTrade' || identity === undefined) return undefined
    const { buyer, seller, quantity, price, orders = [] } = command.data
    for (const order of orders) {
      const wrong = wrongWith(identity.domain, order, quantity, price)
      if (wrong !== undefined) return `${order.order} of ${order.account} ${wrong}`
    }
    const unasked = [buyer, seller].find((id) => {
      const account = before.accounts.get(id)
      const isHis = ({ account: of, key }: Order): boolean => of === id && key === keyOf(ownerOf(id))?.key
      return account !== undefined && consentOf(account, before.at) === 'orders' && !orders.some(isHis)
    })
    return unasked === undefined ? undefined : `${unasked} was traded for without an order`
  }
}
