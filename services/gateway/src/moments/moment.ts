import { type HalfWay, type Pool, type Queue, queueOf, type Statement, statementOf } from '@novation/clearing'
import { inOrder, type Order } from './orders'

/** A revision, and what proves which history it is of. */
export interface Spot {
  readonly revision: number
  readonly hash: string
  /** Ledger time there. */
  readonly at: string
}

/**
 * A pool at one revision, to be answered from within one turn of the loop. What takes a look at everybody is worked out
 * once, when somebody asks.
 */
export interface Moment {
  readonly pool: Pool
  /** Everybody's, as `novation solvency` says it. */
  readonly statement: () => Statement
  /** The ids of all accounts, in byte order. */
  readonly accounts: () => readonly string[]
  /** The same, the lowest by a figure first. */
  readonly inOrder: Readonly<Record<Order, () => readonly string[]>>
  /** The deleveraging queue of every instrument. */
  readonly queue: () => Queue
}

const once = <A>(work: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: work() }
    return made.value
  }
}

/** Good until the pool moves on. `halfway` where its revision is not the last of a command. */
export const momentOf = (pool: Pool, halfway?: HalfWay): Moment => ({
  pool,
  statement: once(() => statementOf(pool, halfway)),
  accounts: once(() => [...pool.accounts.keys()].sort()),
  inOrder: { room: once(() => inOrder(pool, 'room')), equity: once(() => inOrder(pool, 'equity')) },
  queue: once(() => queueOf(pool)),
})
