import { type Book, type Mark, type Processed, process, takeBackTo } from '@novation/clearing'
import { type Command, encodeEvent, type Millis } from '@novation/events'
import { appendLimit_bytes, bulkParts, eventSize_bytes } from '@novation/platform'
import { TooLargeToAppend } from './append-surely'
import type { Durable, Whole } from './durable'

/** An append holds whole commands, many at a time, and no more than this where it holds several (protocol 9, 12). */
const groupLimit_bytes = 512 * 1024

export interface DecideReport {
  readonly decided?: (command: Command, outcome: Processed) => void
}

/** What one command made, where the book was before it, and its revision after it. */
interface Made extends Whole {
  readonly index: number
  readonly before: Mark
  readonly revision: number
  readonly size_bytes: number
}

export interface GroupCommit {
  /** Decides the commands in order, and answers once all that they made is durable. */
  readonly decideAll: (commands: readonly Command[]) => Promise<readonly Processed[]>
  /** Decides the bulk that is under way to its end, a part an append. */
  readonly finishBulk: () => Promise<void>
}

/** Turned away at the door: what it would make is more than the store takes in one piece, so it could never be durable. */
const tooLarge = (size_bytes: number, limit_bytes: number): Processed => ({
  tag: 'refused',
  code: 'malformed',
  reason: `its events would weigh ${size_bytes} bytes, and the store takes ${limit_bytes} at once: send less in one command`,
})

/** Decides on the book, and appends many commands together. */
export const openGroupCommit = (book: Book, durable: Durable, now: () => Millis, report: DecideReport): GroupCommit => {
  /** What the store takes in one append, as far as it has said so. */
  let limit_bytes = appendLimit_bytes

  const finishBulk = async (): Promise<void> => {
    for (const { events } of bulkParts(book)) await durable.append([{ events, stored: events.map(encodeEvent) }])
  }

  const decideAll = async (commands: readonly Command[]): Promise<readonly Processed[]> => {
    const outcomes: Processed[] = []
    let group: Made[] = []
    let size_bytes = 0

    /** Everything decided becomes durable, up to the one command that the store does not take: that one is decided again. */
    const flush = async (): Promise<void> => {
      const made = group
      group = []
      size_bytes = 0
      try {
        await durable.append(made)
      } catch (error) {
        const refused = made.find(({ revision }) => revision > durable.revision())
        if (!(error instanceof TooLargeToAppend) || refused === undefined) throw error
        limit_bytes = Math.min(error.limit_bytes, refused.size_bytes - 1)
        outcomes.length = refused.index
        takeBackTo(book, refused.before)
      }
    }

    /** What the next command comes to, after all that is decided before it. */
    const decideNext = async (command: Command): Promise<Processed> => {
      const index = outcomes.length
      const before = book.mark()
      const outcome = process(book, command, now())
      if (outcome.tag !== 'decided') return outcome
      const stored = outcome.events.map(encodeEvent)
      const size = stored.reduce((sum, event) => sum + eventSize_bytes(event), 0)
      if (size > limit_bytes) {
        takeBackTo(book, before)
        return tooLarge(size, limit_bytes)
      }
      if (size_bytes + size > groupLimit_bytes) await flush()
      // What was before may have been refused after all, and then this was decided on what never came to be.
      if (outcomes.length < index) return outcome
      group.push({ index, before, revision: book.revision, events: outcome.events, stored, size_bytes: size })
      size_bytes += size
      return outcome
    }

    book.hold()
    for (let command = commands[0]; command !== undefined; command = commands[outcomes.length]) {
      const index = outcomes.length
      const outcome = await decideNext(command)
      if (outcomes.length < index) continue
      outcomes.push(outcome)
      report.decided?.(command, outcome)
      const isBulk = book.bulk !== undefined
      if (!isBulk && size_bytes < groupLimit_bytes && outcomes.length < commands.length) continue
      await flush()
      await finishBulk()
    }
    book.release()
    return outcomes
  }

  return { decideAll, finishBulk }
}
