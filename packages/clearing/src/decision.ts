import type { CommandData, CommandType, EventData, EventType, Posting, Proposal } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { RejectionCode } from './rejections'
import { apply } from './state/apply'
import type { Pool } from './state/pool'

/** Why the ledger did not do what was asked: it stands in the ledger, and binds the command's id (protocol 6). */
export interface Rejection {
  readonly code: RejectionCode
  readonly reason: string
}

export type Decision = Either<Rejection, NonEmptyArray<Proposal>>

/** Decides one kind of command against the state: pure, and `pool.at` is now. `actor` is who asks. */
export type Decide<K extends CommandType> = (pool: Pool, data: CommandData<K>, actor: string) => Decision

export const reject = (code: RejectionCode, reason: string): Decision => left({ code, reason })

export const event = <K extends EventType>(type: K, data: EventData<K>, postings: readonly Posting[] = []): Proposal =>
  ({ type, data, postings }) as unknown as Proposal

export const accept = (first: Proposal, ...rest: readonly Proposal[]): Decision => right([first, ...rest])

/** A decision in the making: what has been decided so far, and the state as if it had happened. */
export interface Draft {
  readonly pool: Pool
  readonly events: readonly Proposal[]
}

export const draft = (pool: Pool): Draft => ({ pool, events: [] })

export const record = (so: Draft, ...events: readonly Proposal[]): Draft => ({
  pool: events.reduce(apply, so.pool),
  events: [...so.events, ...events],
})

/** A draft that has come to an end; an accepted command has at least one event (protocol 6). */
export const acceptDraft = ({ events: [first, ...rest] }: Draft): Decision => {
  if (first === undefined) throw new RangeError('a command cannot be accepted without an event')
  return accept(first, ...rest)
}
