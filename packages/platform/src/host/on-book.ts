import { type Book, emptyPool, follow, judgedSince, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import type { Ask, Fold, Reactor, Watch } from './reactor'

/** The fold of all who look at the pool itself: so reactors of one process read one book. */
export const bookFold: Fold<Book> = {
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
}

/** Those of a duty to be asked about. */
export type Which = (duty: ReadonlySet<string>) => readonly string[]

/** What accounts must be asked about. */
export interface Duties {
  readonly name: Reactor<Book>['name']
  /** The asks about those of the accounts with a duty that `which` names. */
  readonly asks: (pool: Pool, which: Which) => readonly Ask[]
  /** Whether nothing could be decided about an account now, though it is due. */
  readonly waits: (pool: Pool, account: string) => boolean
}

const everybody: Which = (duty) => [...duty]

const among =
  (accounts: ReadonlySet<string>): Which =>
  (duty) =>
    [...accounts].filter((id) => duty.has(id))

/** Looks at those who were judged, and where answers may be others now, at those who waited. */
const watchDuties =
  ({ asks, waits }: Duties) =>
  (): Watch<Book> => {
    let place = -1
    const waiting = new Set<string>()
    return (pool, again, isChanged) => {
      const judged = judgedSince(pool, place)
      place = judged.place
      const looked = judged.ids && new Set([...judged.ids, ...again, ...(isChanged || again.size > 0 ? waiting : [])])
      for (const id of looked ?? [...waiting]) waiting.delete(id)
      return asks(pool, looked === undefined ? everybody : among(looked)).filter(({ subject }) => {
        const isWaiting = waits(pool, subject)
        if (isWaiting) waiting.add(subject)
        return !isWaiting
      })
    }
  }

/** A reactor that reads in the pool who has a duty, and asks about each. */
export const onDuties = (duties: Duties): Reactor<Book> => ({
  ...bookFold,
  name: duties.name,
  due: (pool) => duties.asks(pool, everybody).filter(({ subject }) => !duties.waits(pool, subject)),
  watch: watchDuties(duties),
})
