import type { Message, operations } from './generated/api'
import { paths } from './generated/paths'
import { messagesIn } from './messages'
import { isPassing, pauseAfter } from './pauses'
import { Problem } from './problem'
import { asked, type Line, located, whyOf } from './request'

type Query = NonNullable<operations['feed']['parameters']['query']>

type Word = NonNullable<Query['channels']>[number]

/** What can be followed: events, or how something stands. Of one account it is `accounts/alice`, of a job `jobs/ID`. */
export type Channel = Exclude<Word, `${string}/${string}`> | `accounts/${string}` | `jobs/${string}`

export interface FollowOptions extends Omit<Query, 'channels' | 'from'> {
  /** The first event that is told: `start`, `end` (where it is left out), a revision, or `@` and a time. */
  readonly from?: string | number
  /** Goes before `from`: the cursor up to which everything is known from before. */
  readonly cursor?: string
  /** Hears of each cursor once more is asked for, so that what it covers is done with: kept, it is where to go on after a restart. */
  readonly reached?: (cursor: string) => void
  readonly signal?: AbortSignal
}

const revisionIn = (cursor: string | undefined): number => (cursor === undefined ? -1 : Number(cursor.split('.', 1)[0]))

/**
 * Tells what happens, in order and none twice, over however many connections that takes: a lost one is made anew where it was lost.
 * Ends with `resync` where history is not what was told before (forget it, and begin from the start), and when `signal` is aborted.
 * Rejects with a `Problem` that asking again would not mend.
 */
export const follow = (line: Line, pool: string) =>
  async function* (channels: Channel | readonly Channel[], options: FollowOptions = {}): AsyncGenerator<Message, void> {
    const { cursor: known, reached, signal, ...words } = options
    const { world, patience } = line
    const gone = new AbortController()
    const leave = (): void => gone.abort()
    signal?.addEventListener('abort', leave)
    if (signal?.aborted) leave()
    let cursor = known
    let attempt = 0

    /** One connection, to its end. Answers how long to wait before the next, or nothing where there is none to be. */
    const connection = async function* (): AsyncGenerator<Message, number | undefined> {
      const path = located(paths.feed, { ...words, channels, pool })
      const headers = cursor === undefined ? {} : { 'last-event-id': cursor }
      const response = await asked(line, { method: 'GET', path, headers, signal: gone.signal })
      if (!response.ok || response.body === null) {
        if (!isPassing(response.status)) throw new Problem(await whyOf(response))
        await response.body?.cancel()
        return pauseAfter(attempt, patience, response.headers.get('retry-after'))
      }
      for await (const { message, cursor: next } of messagesIn(response.body, world)) {
        attempt = 0
        if (message.kind === 'closed') throw new Problem({ code: message.code, detail: 'the feed was closed' })
        const isNew = message.kind !== 'event' || message.revision > revisionIn(cursor)
        if (isNew) yield message
        if (message.kind === 'resync') return undefined
        if (next === undefined || next === cursor) continue
        cursor = next
        reached?.(next)
      }
      return pauseAfter(attempt, patience)
    }

    try {
      while (!gone.signal.aborted) {
        let pause: number | undefined
        try {
          pause = yield* connection()
        } catch (error) {
          if (gone.signal.aborted) return
          if (error instanceof Problem) throw error
          pause = pauseAfter(attempt, patience)
        }
        if (pause === undefined) return
        attempt += 1
        await world.sleep(pause, gone.signal)
      }
    } finally {
      leave()
      signal?.removeEventListener('abort', leave)
    }
  }
