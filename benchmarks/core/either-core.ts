import { type Book, emptyPool, evolve, follow, judge, process as submit } from '@novation/clearing'
import { encodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { start_ms } from './clock'
import type { Line } from './house'

/** The core of the checkout it runs in: before a pool was held in one book, deciding and folding gave another pool. */
export interface Core {
  readonly pool: () => Book
  readonly decide: (line: Line) => readonly LedgerEvent[]
  readonly fold: (event: LedgerEvent) => void
  /** Folds, and judges everybody at the end of a command. */
  readonly follow: (event: LedgerEvent) => void
  readonly judge: () => void
}

export const newCore = (name = 'main'): Core => {
  let pool = emptyPool(name)
  return {
    pool: () => pool,
    decide: ({ command, second }) => {
      const outcome = submit(pool, command, start_ms + second * 1000)
      if (outcome.tag !== 'decided') return []
      if ('pool' in outcome) pool = outcome.pool as Book
      return outcome.events
    },
    fold: (event) => {
      pool = evolve(pool, event)
    },
    follow: (event) => {
      pool = follow(pool, event)
    },
    judge: () => {
      pool = judge(pool)
    },
  }
}

/** As it comes out of a store: one flat text. */
export const asRead = (event: LedgerEvent): Stored => {
  const { id, type, revision, hash, body } = encodeEvent(event)
  return { id, type, revision, hash, body: Buffer.from(body).toString() }
}
