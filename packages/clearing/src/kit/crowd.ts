import { emptyPool } from '../state/book'
import { person } from './people'
import { price } from './wishes'
import { all, type Step, send, worldBefore } from './world'

/** Names in byte order: p0000, p0001, … */
export const nameOf = (i: number): string => `p${String(i).padStart(4, '0')}`

/** A ledger whose appends touch so few accounts that work in parts needs no crowd. */
export const partsOf =
  (accounts: number, closes: number): Step =>
  (world) =>
    world.events.reduce(
      (so, { metadata: { command } }) => (command === undefined ? so : send(so, command)),
      worldBefore(emptyPool('main', { accounts, closes })),
    )

/** So many holders long one contract each at this price, against one maker. */
export const crowdHolding = (count: number, instrument: string, at: string): Step =>
  all(
    person('maker').holds('1000000 USD'),
    price(instrument, at),
    ...Array.from({ length: count }, (_, i) =>
      all(person(nameOf(i)).holds('100 USD'), person(nameOf(i)).buys(`1 ${instrument} at ${at} from maker`)),
    ),
  )
