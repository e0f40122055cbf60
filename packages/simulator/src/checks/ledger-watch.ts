import {
  type Book,
  emptyPool,
  equitiesIn,
  follow,
  isWhole,
  keyOf,
  type PartSizes,
  processAgain,
  rehearse,
} from '@novation/clearing'
import {
  type Command,
  decodeEvent,
  encodeEvent,
  type LedgerEvent,
  linkHash,
  parseTime,
  type Stored,
  type Verify,
} from '@novation/events'
import { standingIn } from './books'
import type { Findings } from './findings'
import { groupOf } from './law'
import { lawsOfAll, lawsOfDeeds, lawsOfRejection } from './rule-book'

/** Follows one pool's history from outside: every append is held against the chain, the laws and the rules. */
export interface LedgerWatch {
  readonly take: (stored: Stored) => void
  readonly pool: () => Book
  readonly events: () => readonly LedgerEvent[]
  /** How everybody stood at the end of the command that ended with this revision, once it is there. */
  readonly standingAt: (revision: number) => string | undefined
  /** Where a command stands in the ledger. */
  readonly outcomeOf: (command: Pick<Command, 'actor' | 'id'>) => number | undefined
}

const decideAgain = (before: Book, first: LedgerEvent) => {
  const outcome = rehearse(before, () => processAgain(before, first))
  return outcome?.tag === 'decided' ? outcome.events : []
}

/**
 * Two books: one at the beginning of the command whose events are being read, one at its end. `again` leaves
 * re-execution out, to show that the laws find by themselves what it would find first.
 */
export const watchLedger = (
  name: string,
  findings: Findings,
  again: boolean,
  parts: PartSizes | undefined,
  verify: Verify,
): LedgerWatch => {
  const [before, after] = [emptyPool(name, parts, verify), emptyPool(name, parts, verify)]
  let open: LedgerEvent[] = []
  let equities = [equitiesIn(before)]
  const events: LedgerEvent[] = []
  const outcomes = new Map<string, number>()
  const standings = new Map<number, string>()
  const ofAll = lawsOfAll(verify)
  const ofRejection = lawsOfRejection()
  const ofDeeds = lawsOfDeeds(verify)

  const holdAgainstLaws = (first: LedgerEvent): void => {
    before.set<Book, 'at'>(before, 'at', parseTime(first.at))
    const group = groupOf(before, after, open, equities)
    const laws = { ...ofAll, ...(first.type === 'CommandRejected' ? ofRejection : ofDeeds) }
    for (const [title, law] of Object.entries(laws)) {
      const wrong = law(group)
      if (wrong !== undefined) findings.found(title, `at ${after.revision}: ${wrong}`)
    }
  }

  const close = (): void => {
    const [first] = open
    if (first === undefined) return
    before.rehearse(() => holdAgainstLaws(first))
    if (again) {
      const decided = decideAgain(before, first)
      const same = decided.length === open.length && decided.every(({ id }, i) => id === open[i]?.id)
      if (!same) findings.found('deciding again decides the same', `${first.type} ${first.revision}`)
    }
    standings.set(after.revision, standingIn(after))
    open.reduce(follow, before)
    open = []
    equities = equities.slice(-1)
  }

  const bind = (event: LedgerEvent): void => {
    const { command } = event.metadata
    if (command === undefined) return
    const key = keyOf(command)
    if (outcomes.has(key))
      findings.found('each command at most once', `${key} at ${outcomes.get(key)} and ${event.revision}`)
    outcomes.set(key, event.revision)
  }

  const fold = (stored: Stored): void => {
    const decoded = decodeEvent(stored)
    if (decoded._tag === 'Left') {
      findings.found('events can be read', decoded.left)
      return
    }
    const event = decoded.right
    if (stored.hash !== linkHash(event.metadata.previousHash, stored.body) || encodeEvent(event).body !== stored.body)
      findings.found('the chain verifies', `event ${event.revision}`)
    bind(event)
    void follow(after, event)
    events.push(event)
    open.push(event)
    equities.push(equitiesIn(after))
    if (isWhole(after)) close()
  }

  return {
    take: (stored) => {
      if (findings.first() !== undefined) return
      try {
        fold(stored)
      } catch (error) {
        findings.found('the ledger folds', String(error))
      }
    },
    pool: () => before,
    events: () => events,
    standingAt: (revision) => standings.get(revision),
    outcomeOf: (command) => outcomes.get(keyOf(command)),
  }
}
