import type { Book } from '@novation/clearing'
import { decimal, format, integer, multiply } from '@novation/decimal'
import {
  type Command,
  type CommandData,
  formatTime,
  type Millis,
  type Order,
  parseCommand,
  type SigningKey,
  signCommand,
  signOrder,
} from '@novation/events'
import type { Dice } from '../engine/dice'
import { keyNamed, keyOf, operators, ownerOf } from './keys'
import { begin } from './scene'

type Trade = CommandData<'ClearTrade'>

/** How orders are called that stand for as long as the world does. */
export const standing = 's-'

const until = formatTime(begin + 3_600_000)

/** An order for one trade, sometimes too small for it; or one for many, as much as somebody ever wants. */
const orderOf = (dice: Dice, domain: string, trade: Trade, account: string, side: Order['side']): readonly Order[] => {
  const key = keyOf(ownerOf(account))
  const roll = dice.next()
  if (key === undefined || roll < 0.1) return []
  const { instrument } = trade
  const isStanding = roll < 0.4
  const words = isStanding
    ? {
        order: `${standing}${side}-${instrument}`,
        quantity: '60',
        limit: side === 'buy' ? '999999999999' : '0.000000001',
      }
    : {
        order: `o-${trade.trade}`,
        quantity: format(multiply(decimal(trade.quantity), dice.chance(0.9) ? integer(1) : decimal('0.5'))),
        limit: trade.price,
      }
  return [signOrder({ ...words, account, instrument, side, until }, domain, key)]
}

/** What is asked, with all that stands beside it before it is signed. */
const complete = (dice: Dice, domain: string, command: Command): Command => {
  if (command.type !== 'ClearTrade') return command
  const { data } = command
  const orders = [
    ...orderOf(dice, domain, data, data.buyer, 'buy'),
    ...orderOf(dice, domain, data, data.seller, 'sell'),
  ]
  return orders.length === 0 ? command : { ...command, data: { ...data, orders } }
}

/** Who signs a command: its sender; of a key that it makes known, whoever has it; and mostly the owner of what is taken out. */
const signersOf = (dice: Dice, { type, data, actor }: Command): readonly SigningKey[] => {
  const beside =
    type === 'RegisterKey'
      ? keyNamed(data.key)
      : type === 'Withdraw' && dice.chance(0.8)
        ? keyOf(ownerOf(data.account))
        : undefined
  const all = [keyOf(actor), beside].flatMap((key) => key ?? [])
  return all.filter((key, i) => all.indexOf(key) === i)
}

/**
 * A record as its sender sends it to a pool that has adopted identity; as it is where it is signed already, where nobody
 * could read it, and where its sender has no key. The same record is always signed alike.
 */
export const signedFor = ({ identity }: Book, dice: Dice, text: string, now: Millis): string => {
  const read = identity === undefined ? undefined : parseCommand(text, operators[0])
  if (identity === undefined || read === undefined || read._tag === 'Left' || read.right.signatures !== undefined)
    return text
  const { actor, at = formatTime(now) } = read.right
  const sent = { ...read.right, at, actor: actor === 'operator' ? operators[0] : actor } as Command
  const own = dice.for(sent.id)
  const command = complete(own, identity.domain, sent)
  const keys = signersOf(own, command)
  return keys.length === 0 ? text : JSON.stringify(signCommand(command, identity.domain, keys))
}
