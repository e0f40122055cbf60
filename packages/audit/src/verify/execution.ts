import type { Book } from '@novation/clearing'
import {
  type Command,
  canonicalJson,
  currentVersion,
  decodeCommand,
  encodeEvent,
  type LedgerEvent,
  parseTime,
  type Stored,
  type Upcasters,
} from '@novation/events'
import { type Fault, fault } from './checks'
import { difference } from './difference'
import type { Rules } from './rules'

/** A command that has been decided again: what the rules give. */
export interface Again {
  readonly events: readonly LedgerEvent[]
  /** With how many of them the ledger has been compared. */
  compared: number
  /** An event of it was written in an older schema, so that it is compared by what it means, not byte for byte. */
  older: boolean
}

/** How far commands have been decided again, and the one whose events are being compared one by one. */
export interface Execution {
  again: Again | undefined
  /** Commands and parts of a bulk decided again, and events compared by meaning. */
  decided: number
  byMeaning: number
}

export const startExecution = (decided = 0, byMeaning = 0): Execution => ({ again: undefined, decided, byMeaning })

/** What an event says, whatever its schema was and wherever it is linked. */
const meaningOf = ({ type, at, revision, data, postings, metadata }: LedgerEvent): unknown => {
  const { hash: _, previousHash: __, version: ___, ...told } = metadata
  return JSON.parse(canonicalJson({ type, at, revision, data, postings, metadata: told }))
}

/** What the gate must have refused, such as a field that no command has: then these are not the words that were sent. */
const objectionTo = (command: Command, actor: string): string | undefined => {
  const read = decodeCommand(command, actor)
  return read._tag === 'Left' ? read.left.reason : undefined
}

/** Why that cannot be what the ledger did, and which check says so. */
export interface Objection {
  readonly check: 'signature' | 'execution'
  readonly reason: string
}

const objects = (reason: string, check: Objection['check'] = 'execution'): Objection => ({ check, reason })

/** What the door says of who has signed. */
const ofSignatures: ReadonlySet<string> = new Set(['unsigned', 'unknown-key', 'revoked-key', 'bad-signature'])

/** Decides a command in the book, at the time the ledger recorded; or why that cannot be what the ledger did. */
export const decideAgain = ({ process, processBulk }: Rules, pool: Book, first: LedgerEvent): Again | Objection => {
  const { command, commandId, actor } = first.metadata
  const objection = command === undefined ? undefined : objectionTo(command, actor)
  if (objection !== undefined) return objects(`${commandId} can never have been taken in: ${objection}`)
  try {
    const outcome = command === undefined ? processBulk(pool) : process(pool, command, parseTime(first.at))
    if (outcome === undefined) return objects('it goes on with a bulk, but none is under way')
    if (outcome.tag === 'refused') {
      const check = ofSignatures.has(outcome.code) ? 'signature' : 'execution'
      return objects(`the rules refuse ${commandId}: ${outcome.code}: ${outcome.reason}`, check)
    }
    if (outcome.tag === 'repeated')
      return objects(
        `${commandId} was decided at revision ${outcome.outcome.revision} already; a repetition makes no events`,
      )
    return { events: outcome.events, compared: 0, older: false }
  } catch (error) {
    return objects(
      `the rules cannot decide ${commandId} here: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const isOlder = ({ type, metadata: { version } }: LedgerEvent, casts: Upcasters | undefined): boolean =>
  version < currentVersion(type, casts)

/** Compares one event of the ledger with what the rules give: the same hash over the same link is the same bytes. */
export const compare = (
  execution: Execution,
  again: Again,
  event: LedgerEvent,
  stored: Stored,
  casts?: Upcasters,
): Fault | undefined => {
  const given = again.events[again.compared]
  again.older ||= isOlder(event, casts)
  const same = given?.metadata.hash === stored.hash
  if (!same) {
    const differs = again.older
      ? difference(given === undefined ? undefined : meaningOf(given), meaningOf(event))
      : difference(given === undefined ? undefined : JSON.parse(encodeEvent(given).body), JSON.parse(stored.body))
    if (differs !== undefined || !again.older)
      return fault('execution', event.revision, differs ?? 'the same content in other bytes')
    execution.byMeaning += 1
  }
  again.compared += 1
  const isDone = again.compared >= again.events.length
  execution.again = isDone ? undefined : again
  if (isDone) execution.decided += 1
  return undefined
}
