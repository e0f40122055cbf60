import { type Health, healthOf, type Pool } from '@novation/clearing'
import { compare, type Decimal, subtract } from '@novation/decimal'

/** By what accounts are put in order. */
export type Order = 'room' | 'equity'

/** How far above its maintenance margin it is, at the best: whoever has the least is nearest the line, or furthest below it. */
export const roomOf = ({ best, maintenance }: Health): Decimal => subtract(best, maintenance)

const figures: Readonly<Record<Order, (health: Health) => Decimal>> = { room: roomOf, equity: ({ equity }) => equity }

/** The ids of all accounts, the lowest first; those that are equal in byte order. */
export const inOrder = (pool: Pool, order: Order): readonly string[] =>
  [...pool.accounts.values()]
    .map((account) => ({ id: account.id, figure: figures[order](healthOf(pool, account)) }))
    .sort((a, b) => compare(a.figure, b.figure) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id)
