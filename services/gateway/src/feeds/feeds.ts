import type { LedgerEvent } from '@novation/events'
import type { Scheduler } from '@novation/platform'
import type { Head } from '../heads'
import { atMost } from './at-most'
import type { Channel, Wish } from './channels'
import { type Connection, closings } from './connection'
import type { LogReader } from './log-cohort'
import type { Pages } from './pages'
import { openPoolFeed, type PoolFeed } from './pool-feed'
import type { FindJob } from './states'
import type { Standing } from './wire'

/** News of a tenth of a second is told together, to all who are up to date; of more, where telling takes too long. */
const [quickest_ms, slowest_ms] = [100, 1_000]
/** So many read the store at once. */
const readers = 8
/** Whether who follows may still, and takes what he is told, is looked at so often. */
const [look_ms, door_ms, patience_ms] = [1_000, 5_000, 60_000]

/** Where the telling of events begins. */
export interface Beginning {
  /** The first revision that is to be told. */
  readonly from: number
  /** The event before it, where there is one. */
  readonly before: Standing | undefined
}

/** One thing that is followed on a connection. */
export interface Following {
  /** Up to which revision it was told. */
  readonly revision: () => number
  readonly end: () => void
}

interface Held {
  readonly connection: Connection
  readonly followed: Set<Following>
  asked_at: number
  /** What was taken, and since when no more. */
  taken: number
  taken_at: number
}

export interface FeedStats {
  readonly connections: number
  /** Groups of those who are told the same, in the same bytes. */
  readonly cohorts: number
  /** Those who are read to from the store. */
  readonly behind: number
  readonly flush_ms: number
  /** How long the last one took. */
  readonly took_ms: number
}

/** Tells everybody who follows what happens: one beat for all, the same bytes for all who follow the same. */
export const openFeeds = (pages: Pages, { now, sleep }: Scheduler, jobs: FindJob) => {
  const pools = new Map<string, PoolFeed>()
  const held = new Set<Held>()
  const reading = atMost(readers)
  let flush_ms = quickest_ms
  let took_ms = 0

  const feedOf = ({ book }: Head): PoolFeed => {
    const known = pools.get(book.name)
    if (known !== undefined) return known
    const feed = openPoolFeed({ book, pages, now, reading, flush_ms: () => flush_ms, jobs })
    pools.set(book.name, feed)
    return feed
  }

  const flush = async (): Promise<void> => {
    const began = now()
    for (const feed of pools.values()) await feed.flush()
    took_ms = now() - began
    if (took_ms > flush_ms / 2) flush_ms = Math.min(slowest_ms, flush_ms * 2)
    else if (took_ms < flush_ms / 8) flush_ms = Math.max(quickest_ms, flush_ms / 2)
  }

  /** Ends what may not go on, and what nobody takes. */
  const look = async (): Promise<void> => {
    for (const one of held) {
      const { connection } = one
      const taken = connection.out.taken()
      if (taken !== one.taken || connection.out.waiting() === 0) Object.assign(one, { taken, taken_at: now() })
      else if (now() - one.taken_at >= patience_ms) connection.close(closings.slow, 'slow')
      if (now() - one.asked_at < door_ms) continue
      one.asked_at = now()
      const why = await connection.ended()
      if (why !== undefined) connection.close(closings.ended, why)
    }
  }

  return {
    /** A command was decided; who follows its pool is told with the next flush. */
    heard: (pool: string, events: readonly LedgerEvent[]): void => pools.get(pool)?.heard(events),

    /** What can be done for one who has connected; all of it ends when he leaves. */
    connect: (connection: Connection) => {
      const followed = new Set<Following>()
      const one: Held = { connection, followed, asked_at: now(), taken: 0, taken_at: now() }
      held.add(one)
      const leave = (): void => {
        held.delete(one)
        for (const each of [...followed]) each.end()
      }
      if (connection.left.aborted) leave()
      else connection.left.addEventListener('abort', leave, { once: true })

      const following = (revision: () => number, end: () => void): Following => {
        const each: Following = {
          revision,
          end: () => {
            if (followed.delete(each)) end()
          },
        }
        followed.add(each)
        return each
      }

      return {
        followed: (): number => followed.size,
        log: (head: Head, wish: Wish, word: string | undefined, { from, before }: Beginning): Following => {
          const feed = feedOf(head)
          const reader: LogReader = {
            connection,
            wish,
            word,
            next: from,
            last: before,
            previous: undefined,
            isOver: false,
          }
          feed.follow(reader)
          return following(
            () => feed.told().revision,
            () => feed.unfollow(reader),
          )
        },
        state: (
          head: Head,
          channel: Extract<Channel, { readonly state: unknown }>,
          own: string | undefined,
        ): Following => {
          const feed = feedOf(head)
          const reader = { connection, channel, own }
          feed.watch(reader)
          return following(
            () => head.book.revision,
            () => feed.unwatch(reader),
          )
        },
        /** Comes back when nothing is being told, so that what is told to whom can be changed. */
        still: (head: Head): Promise<void> => feedOf(head).still(),
      }
    },

    /** Tells, until it is told to stop. */
    run: async (signal: AbortSignal): Promise<void> => {
      let looked_at = now()
      while (!signal.aborted) {
        await sleep(flush_ms - (now() % flush_ms), signal)
        await flush()
        if (now() - looked_at < look_ms) continue
        looked_at = now()
        await look()
      }
    },

    /** History is not what was told: everybody must begin anew. */
    resync: (why: string): void => {
      for (const feed of pools.values()) feed.resync(why)
    },

    stats: (): FeedStats => {
      const all = [...pools.values()].map((feed) => feed.stats())
      return {
        connections: held.size,
        cohorts: all.reduce((sum, { cohorts }) => sum + cohorts, 0),
        behind: all.reduce((sum, { behind }) => sum + behind, 0),
        flush_ms,
        took_ms,
      }
    },
  }
}

export type Feeds = ReturnType<typeof openFeeds>
