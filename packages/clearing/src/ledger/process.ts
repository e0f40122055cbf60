import type { Command, LedgerEvent, Millis, Proposal } from '@novation/events'
import { event, type Rejection } from '../decision'
import type { RefusalCode } from '../rejections'
import { apply } from '../state/apply'
import { contentHash, keyOf, note, remember } from '../state/evolve'
import { judge } from '../state/judge'
import { clearing } from '../state/names'
import type { Outcome, Pool } from '../state/pool'
import { BrokenInvariant } from '../state/postings'
import { forbidden } from './authorise'
import { continueBulk } from './bulk'
import { decide } from './decide'
import { freezeChange } from './freeze'
import { type Cause, seal } from './seal'

/** Turned away at the door: nothing happened, and the id is free (protocol 6). */
export interface Refused {
  readonly tag: 'refused'
  readonly code: RefusalCode
  readonly reason: string
}

/** The same wish as before: the first outcome is answered again, and nothing happens (protocol 5). */
export interface Repeated {
  readonly tag: 'repeated'
  readonly outcome: Outcome
}

/** Events to append, and the pool as it is once they are. `rejection` where all they say is that it was not done. */
export interface Decided {
  readonly tag: 'decided'
  readonly events: readonly LedgerEvent[]
  readonly pool: Pool
  readonly rejection?: Rejection
}

export type Processed = Refused | Repeated | Decided

/** The house is counterparty of both sides of everything: whatever happened, it must be flat again. */
const assertFlat = (pool: Pool): void => {
  if (pool.books.has(clearing))
    throw new BrokenInvariant('the house is not flat: clearing holds a balance after an append')
}

/** Applies, judges, freezes or thaws, asserts and seals: what every group of events goes through, once. The pool is judged. */
const commit = (now: Pool, proposals: readonly Proposal[], cause: Cause, command?: Command) => {
  const applied = judge(proposals.reduce(apply, now))
  const freeze = freezeChange(applied)
  const settled = freeze.reduce(apply, applied)
  assertFlat(settled)
  const events = seal(now, cause, [...proposals, ...freeze], command)
  const pool = judge(events.reduce(note, settled))
  const last = events.at(-1)
  if (last !== undefined) remember(last, pool)
  return { events, pool }
}

const refuse = (code: RefusalCode, reason: string): Refused => ({ tag: 'refused', code, reason })

const isTooOld = (pool: Pool, { at }: Command, now: Millis): boolean => {
  const memory = pool.parameters.idempotency_s
  return memory !== undefined && at !== undefined && Date.parse(at) < now - memory * 1000
}

/** Whether a command gets as far as being decided: pool, sender, repetition, age, in that order. */
const admit = (pool: Pool, command: Command, now: Millis): Refused | Repeated | undefined => {
  if (command.pool !== pool.name)
    return refuse('wrong-pool', `this is the ledger of ${pool.name}, not of ${command.pool}`)
  const why = forbidden(command)
  if (why !== undefined) return refuse('not-permitted', why)
  const outcome = pool.outcomes.get(keyOf(command))
  if (outcome !== undefined)
    return outcome.contentHash === contentHash(command)
      ? { tag: 'repeated', outcome }
      : refuse(
          'id-reused',
          `${command.actor} has used id ${command.id} for something else, at revision ${outcome.revision}`,
        )
  return isTooOld(pool, command, now)
    ? refuse('too-old', `${command.id} is older than the pool remembers ids; send it again under a new one`)
    : undefined
}

/**
 * One command through the ledger: authorise, recognise repeats, decide, seal. Pure: `clock` is what the ledger's clock
 * says, and ledger time never goes back behind the last event (protocol 2). A bulk under way must be finished first.
 */
export const process = (pool: Pool, command: Command, clock: Millis): Processed => {
  if (pool.bulk !== undefined) throw new BrokenInvariant(`bulk ${pool.bulk.id} is under way: nothing else is decided`)
  const now = { ...judge(pool), at: Math.max(pool.at, clock) }
  const turned = admit(now, command, now.at)
  if (turned !== undefined) return turned
  const decision = decide(now, command)
  if (decision._tag === 'Right') return { tag: 'decided', ...commit(now, decision.right, command, command) }
  const rejection = decision.left
  const rejected = event('CommandRejected', { ...rejection, command: command.id })
  return { tag: 'decided', ...commit(now, [rejected], command, command), rejection }
}

/** The next part of the bulk under way, or nothing where there is none. */
export const processBulk = (pool: Pool): Decided | undefined =>
  pool.bulk === undefined
    ? undefined
    : { tag: 'decided', ...commit(judge(pool), continueBulk(judge(pool), pool.bulk), pool.bulk.command) }
