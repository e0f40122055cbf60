import { type Book, emptyPool, follow, type Pool } from '@novation/clearing'
import type { Sender } from '@novation/events'
import { type Ask, ask, type Reactor } from '../reactor'

const reactor = (name: Sender, due: (pool: Pool) => readonly Ask[]): Reactor<Book> => ({
  name,
  initial: emptyPool,
  evolve: follow,
  due,
})

/** What the services do, in a line each: enough of them to see how a mesh goes. */
export const caller = reactor('margin', (pool) =>
  [...pool.standing.duties.call].map((account) => ask('CallMargin', { account }, account)),
)

export const starter = reactor('liquidator', (pool) =>
  [...pool.standing.duties.start].map((account) => ask('StartLiquidation', { account }, account)),
)

/** Asks for more than there is reason for: to liquidate whoever is to be called. */
export const hasty = reactor('liquidator', (pool) =>
  [...pool.standing.duties.call].map((account) => ask('StartLiquidation', { account }, account)),
)

export const coverer = reactor('insurance', (pool) =>
  pool.standing.duties.owing.size === 0 ? [] : [ask('CoverLoss', {}, pool.name)],
)
