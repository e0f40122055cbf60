import { type Book, emptyPool } from '@novation/clearing'
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

/** A command that has been decided again, and how many of its events the ledger has been compared with. */
interface Again {
  readonly events: readonly LedgerEvent[]
  readonly compared: number
  /** An event of it was written in an older schema, so that it is compared by what it means, not byte for byte. */
  readonly older: boolean
}

/** Where re-execution stands: the state as the rules have it, and the command whose events are being read. */
export interface Execution {
  readonly pool: Book
  readonly again?: Again
  /** Commands and parts of a bulk decided again, and events compared by meaning. */
  readonly decided: number
  readonly byMeaning: number
}

export const startExecution = (pool: string): Execution => ({ pool: emptyPool(pool), decided: 0, byMeaning: 0 })

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

const decideAgain = ({ process, processBulk }: Rules, pool: Book, first: LedgerEvent): Again | string => {
  const { command, commandId, actor } = first.metadata
  const objection = command === undefined ? undefined : objectionTo(command, actor)
  if (objection !== undefined) return `${commandId} can never have been taken in: ${objection}`
  try {
    const outcome = command === undefined ? processBulk(pool) : process(pool, command, parseTime(first.at))
    if (outcome === undefined) return 'it goes on with a bulk, but none is under way'
    if (outcome.tag === 'refused') return `the rules refuse ${commandId}: ${outcome.code}: ${outcome.reason}`
    if (outcome.tag === 'repeated')
      return `${commandId} was decided at revision ${outcome.outcome.revision} already; a repetition makes no events`
    return { events: outcome.events, compared: 0, older: false }
  } catch (error) {
    return `the rules cannot decide ${commandId} here: ${error instanceof Error ? error.message : String(error)}`
  }
}

const isOlder = ({ type, metadata: { version } }: LedgerEvent, casts: Upcasters | undefined): boolean =>
  version < currentVersion(type, casts)

/**
 * Compares one event of the ledger with what the rules give. The first event of a command decides it again, at the time
 * the ledger recorded; the same hash over the same link is the same bytes. Answers what differs where something does.
 */
export const execute = (
  before: Execution,
  rules: Rules,
  event: LedgerEvent,
  stored: Stored,
  casts?: Upcasters,
): { readonly execution: Execution; readonly fault?: Fault } => {
  const again = before.again ?? decideAgain(rules, before.pool, event)
  if (typeof again === 'string') return { execution: before, fault: fault('execution', event.revision, again) }
  const given = again.events[again.compared]
  const older = again.older || isOlder(event, casts)
  const same = given?.metadata.hash === stored.hash
  if (!same) {
    const differs = older
      ? difference(given === undefined ? undefined : meaningOf(given), meaningOf(event))
      : difference(given === undefined ? undefined : JSON.parse(encodeEvent(given).body), JSON.parse(stored.body))
    if (differs !== undefined || !older)
      return {
        execution: before,
        fault: fault('execution', event.revision, differs ?? 'the same content in other bytes'),
      }
  }
  const compared = again.compared + 1
  const byMeaning = before.byMeaning + (same ? 0 : 1)
  if (compared < again.events.length)
    return { execution: { ...before, byMeaning, again: { ...again, compared, older } } }
  const { pool } = before
  pool.set<Book, 'head'>(pool, 'head', stored.hash)
  return { execution: { pool, decided: before.decided + 1, byMeaning } }
}
