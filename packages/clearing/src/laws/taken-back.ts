import { canonicalJson, type LedgerEvent } from '@novation/events'
import { processAgain } from '../ledger/process'
import { rehearse } from '../ledger/rehearse'
import { writeIndexes } from '../proof/index-form'
import { stateText } from '../proof/state-text'
import { type Book, emptyPool } from '../state/book'
import type { PartSizes } from '../state/bulk-size'
import { healthOf } from '../state/health'
import { deficitsOf, shortfallOf } from '../state/shortfall'
import { dueNow, dueTimes, nextDue } from '../time/due'
import type { Law } from './append'

/** All that can be told of a book: its state, its indexes, and everything derived from them. */
export const traitsOf = (book: Book): string => {
  const { duties, bankrupt, turned, due } = book.standing
  return JSON.stringify({
    state: stateText(book),
    indexes: canonicalJson(writeIndexes(book)),
    duties: Object.entries(duties).map(([duty, ids]) => [duty, [...ids].sort()]),
    bankrupt: [...bankrupt].sort(),
    shortfall: shortfallOf(book),
    deficits: deficitsOf(book),
    healths: [...book.accounts.values()].map((account) => [account.id, healthOf(book, account).equity]).sort(),
    turned: [...turned].sort(),
    windows: [...due.windowsOver].map(({ id }) => id).sort(),
    due: [dueTimes(book), dueNow(book), nextDue(book)],
  })
}

class Stopped extends Error {}

/** The work, in which something throws once so much has been written; what it comes to where less is. */
const stoppedAfter = (book: Book, writes: number, work: () => unknown): boolean => {
  let left = writes
  const { set } = book
  Object.defineProperty(book, 'set', {
    configurable: true,
    value: (...given: Parameters<Book['set']>) => {
      left -= 1
      if (left < 0) throw new Stopped('in the middle of a command')
      set.apply(book, given)
    },
  })
  try {
    work()
    return false
  } catch (error) {
    if (error instanceof Stopped) return true
    throw error
  } finally {
    Reflect.deleteProperty(book, 'set')
  }
}

/** Every so often a rehearsal is rehearsed itself: it costs twice as much to look at. */
const nestedEvery = 3

/** Whether everything is as before, once something was decided and taken back, or threw after so many writes. */
const leftSomething = (book: Book, before: string, first: LedgerEvent): string | undefined => {
  const writes = first.revision % 23
  rehearse(book, () => processAgain(book, first))
  if (traitsOf(book) !== before) return 'a rehearsal leaves something behind'
  if (first.revision % nestedEvery === 0) {
    rehearse(book, () => rehearse(book, () => processAgain(book, first)) && processAgain(book, first))
    if (traitsOf(book) !== before) return 'a rehearsal in a rehearsal leaves something behind'
  }
  const wasStopped = stoppedAfter(book, writes, () => rehearse(book, () => processAgain(book, first)))
  if (traitsOf(book) !== before) return `a throw after ${writes} writes leaves something behind (${wasStopped})`
  return undefined
}

/**
 * Decides each command anew on a book that is at its beginning: what is refused, rejected, rehearsed or thrown leaves no
 * trace, and what is decided is what a fresh fold of its events (`after`) comes to.
 */
export const nothingIsLeftOfWhatIsTakenBack = (parts: PartSizes | undefined): Law => {
  const book = emptyPool('main', parts)
  let known = traitsOf(book)
  return ({ events, after }) => {
    const [first] = events
    if (first === undefined) return undefined
    const left = leftSomething(book, known, first)
    if (left !== undefined) return left
    const again = processAgain(book, first)
    if (again?.tag !== 'decided') return `${first.metadata.commandId} is not decided again`
    if (again.events.map(({ id }) => id).join() !== events.map(({ id }) => id).join())
      return `${first.metadata.commandId} makes other events after something was taken back`
    known = traitsOf(book)
    return known === traitsOf(after) ? undefined : 'what was decided is not what its events come to'
  }
}
