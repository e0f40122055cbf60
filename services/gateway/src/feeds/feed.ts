import { type Outflow, quiet } from '@novation/platform'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import type { Wish } from './channels'
import { cursorOf } from './cursor'
import type { Page } from './pages'

/** News of a tenth of a second is told together: all who are up to date are told it at the same time. */
const flush_ms = 100
/** Nobody hears nothing for longer than this. */
const heartbeat_ms = 15_000
/** Whether who follows may still, is asked so often. */
const door_ms = 5_000

type Kind = 'caught-up' | 'heartbeat' | 'resync' | 'closed'

/** A word about the feed itself. It carries the cursor up to which everything has been told. */
const note = (kind: Kind, last: Page['last'] | undefined, more: object = {}): string => {
  const id = last === undefined ? '' : `id: ${cursorOf(last)}\n`
  const where = last === undefined ? {} : { revision: last.revision, at: last.at }
  return `${id}data: ${JSON.stringify({ kind, ...where, ...more })}\n\n`
}

/** History is no more what who asks was told: he has to begin anew. */
export const resync = (why: string): string => note('resync', undefined, { why })

export interface Following {
  readonly wish: Wish
  /** The first revision that is to be told. */
  readonly from: number
  /** The event before it, where there is one. */
  readonly before: Page['last'] | undefined
  /** Why who follows may not any more, or nothing. */
  readonly ended: () => Promise<string | undefined>
}

/**
 * Tells what is wished for from a revision on: what lies behind from the store, and then what happens, without a seam.
 * There is no queue: who is slow is read to from the store, at his own pace, and delays nobody. Ends when nobody is there.
 */
export const follow = async (
  { pages, scheduler }: Gateway,
  { book }: Head,
  { wish, from, before, ended }: Following,
  out: Outflow,
  left: AbortSignal,
): Promise<void> => {
  let next = from
  let last = before
  let isCaughtUp = false
  let told_at = scheduler.now()
  let asked_at = scheduler.now()

  const say = async (text: string): Promise<boolean> => {
    told_at = scheduler.now()
    return !left.aborted && out.write(text)
  }

  /** One page further, or nothing where there is none. */
  const turn = async (): Promise<boolean> => {
    const page = await pages(book.name, next, book.revision)
    if (page === undefined) return true
    last = page.last
    next = last.revision + 1
    const text = page.told(wish)
    await quiet()
    return text === '' || say(text)
  }

  /** What has to be said though nothing happens. */
  const keepUp = async (): Promise<boolean> => {
    const now = scheduler.now()
    if (now - asked_at >= door_ms) {
      asked_at = now
      const why = await ended()
      if (why !== undefined) {
        return (await say(note('closed', last, { code: why }))) && false
      }
    }
    return now - told_at < heartbeat_ms || say(note('heartbeat', last, { head: book.revision }))
  }

  while (!left.aborted) {
    if (!(await keepUp())) return
    if (next <= book.revision) {
      if (!(await turn())) return
      continue
    }
    if (!isCaughtUp) {
      isCaughtUp = true
      if (!(await say(note('caught-up', last)))) return
    }
    await scheduler.sleep(flush_ms - (scheduler.now() % flush_ms), left)
  }
}
