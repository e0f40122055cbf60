import { type Either, left, right } from 'fp-ts/Either'
import { type Order, UnsignedOrder } from './commands'
import { explainErrors } from './explain'
import { canonicalJson } from './json'
import type { SigningKey } from './signing'

/** Reads an order that nobody has signed yet, or says what is wrong with it. */
export const decodeOrder = (json: unknown): Either<string, UnsignedOrder> => {
  const read = UnsignedOrder.decode(json)
  return read._tag === 'Left' ? left(explainErrors(read.left, 'order')) : right(read.right)
}

/** What an owner signs of an order: for which pool, and all of it but key and signature (protocol 30). */
export const orderText = (order: UnsignedOrder, domain: string): string => {
  const { account, instrument, limit, order: id, quantity, side, until } = order
  return `novation/order/1\n${domain}\n${canonicalJson({ account, instrument, limit, order: id, quantity, side, until })}`
}

/** The same order, signed for one pool's domain. */
export const signOrder = (order: UnsignedOrder, domain: string, { key, sign }: SigningKey): Order => ({
  ...order,
  key,
  signature: sign(orderText(order, domain)),
})
