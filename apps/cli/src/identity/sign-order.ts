import { decodeOrder, type Order, signOrder, type UnsignedOrder } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import type { Keyring } from './keyring'

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The order that a line tells, or what is wrong with it; nothing where the line is meant as something else. */
export const orderIn = (text: string): Either<string, UnsignedOrder> | undefined => {
  const json = read(text)
  const isMeant = typeof json === 'object' && json !== null && 'order' in json && !('type' in json)
  return isMeant ? decodeOrder(json) : undefined
}

/** An order as its owner would sign it, with a key of either of the owner's names; or why there is none. */
export const signOwners = ({ of }: Keyring, domain: string, order: UnsignedOrder): Either<string, Order> => {
  const key = of(`trader:${order.account}`) ?? of(`keeper:${order.account}`)
  return key === undefined
    ? left(`there is no key of trader:${order.account}, nor of keeper:${order.account}`)
    : right(signOrder(order, domain, key))
}
