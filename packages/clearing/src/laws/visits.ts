import type { LedgerEvent } from '@novation/events'
import { visit } from '../ledger/rehearse'
import { emptyPool, type Mark } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { evolve, follow } from '../state/evolve'
import { judge } from '../state/judge'
import { traitsOf } from './taken-back'

/** So many places of a history are gone back to. */
const visits = 5

/** A book that is held is, at any place it goes back to, what history up to there comes to, and afterwards what it was; how it is not, or nothing. */
export const visitedLikeFolded = (history: readonly LedgerEvent[], parts: PartSizes): string | undefined => {
  const book = emptyPool('main', parts)
  book.hold()
  const marks: Mark[] = history.map((event) => follow(book, event).mark())
  const now = traitsOf(judge(book))
  for (let i = 1; i <= visits; i += 1) {
    const place = history.length - 1 - Math.floor(((history.length - 1) * i) / visits)
    const mark = marks[place]
    if (mark === undefined) continue
    const folded = traitsOf(judge(history.slice(0, place + 1).reduce(evolve, emptyPool('main', parts))))
    if (visit(book, mark, () => traitsOf(book)) !== folded) return `a visit at ${place} finds another state`
    if (traitsOf(book) !== now) return `a visit at ${place} leaves something behind`
  }
  return undefined
}
