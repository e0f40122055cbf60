import { type Book, backstop, emptyPool, type Pool, type Processed } from '@novation/clearing'
import { type Command, isService, type LedgerEvent, type Millis } from '@novation/events'
import { advance, type Hosted, passUntil, recovery, startMesh } from '@novation/platform'
import { beginningOf, newTally, type Outcome, outcomeOf, tallyUp } from './tally'

/** One of the two histories of a what-if: read as recorded up to where it begins, decided anew from there. */
export interface Branch {
  readonly read: (event: LedgerEvent) => void
  /** History ends here, and the branch goes on by itself: what the services had asked and nobody answered comes first. */
  readonly begin: () => void
  readonly ask: (command: Command, at: Millis) => Processed
  /** Lets time pass after the last command. */
  readonly wait: (until: Millis) => void
  readonly outcome: () => Outcome
  readonly pool: () => Pool
}

/** Whether a command is an outsider's: the services ask anew by themselves, the backstop among them (protocol 22). */
export const isOutsiders = ({ actor }: Pick<Command, 'actor'>): boolean =>
  !isService(actor) && actor !== `keeper:${backstop}`

export const openBranch = (name: string, reactors: (book: Book) => readonly Hosted[], maxSettle: number): Branch => {
  // Nobody has the keys of what did not happen.
  const book = emptyPool(name, undefined, 'assumed')
  const mesh = startMesh(book, reactors(book))
  const past = recovery(mesh)
  const tally = newTally()
  let before = beginningOf(book)
  return {
    read: past.read,
    begin: () => {
      const { events } = past.resume(maxSettle)
      before = beginningOf(book)
      tallyUp(tally, events)
    },
    ask: (command, at) => {
      const { events, outcome } = advance(mesh, command, at, maxSettle)
      tallyUp(tally, events)
      return outcome
    },
    wait: (until) => tallyUp(tally, passUntil(mesh, until, maxSettle).events),
    outcome: () => outcomeOf(tally, before, book),
    pool: () => book,
  }
}
