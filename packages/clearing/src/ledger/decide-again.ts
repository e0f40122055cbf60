import { currentVersion, type LedgerEvent } from '@novation/events'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { Book } from '../state/book'
import { evolve } from '../state/evolve'
import { judge } from '../state/judge'
import { processAgain } from './process'

/** Whether deciding must give the very bytes: of an older schema it need not. */
const isComparable = ({ type, metadata: { version } }: LedgerEvent): boolean => version === currentVersion(type)

/**
 * Decides again, at the time that was recorded, what made these events: all those of one command, or of one part of a
 * bulk, on a book that stands before them. The same last hash is the same events, and deciding them is their fold. What
 * an older schema wrote is folded. Answers how the events differ where they do; then the book is
 * worth nothing any more. Throws what the rules throw.
 */
export const decideAgain = (book: Book, events: NonEmptyArray<LedgerEvent>): string | undefined => {
  const [first] = events
  if (!events.every(isComparable)) {
    for (const event of events) void evolve(book, event)
    void judge(book)
    return undefined
  }
  const { commandId } = first.metadata
  const again = processAgain(book, first)
  if (again === undefined) return `${commandId} goes on with a bulk, but none is under way`
  if (again.tag === 'refused') return `${commandId} would be refused: ${again.code}: ${again.reason}`
  if (again.tag === 'repeated') return `${commandId} was decided at revision ${again.outcome.revision} already`
  const other = events.find(({ metadata: { hash } }, i) => again.events[i]?.metadata.hash !== hash)
  if (other !== undefined) return `${commandId} makes another event ${other.revision} than is recorded`
  return again.events.length === events.length ? undefined : `${commandId} makes more events than are recorded`
}
