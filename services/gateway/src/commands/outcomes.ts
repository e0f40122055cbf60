import { contentHash, keyOf, type Outcome, type RejectionCode } from '@novation/clearing'
import { type Command, decodeEvent, type LedgerEvent, streamOf } from '@novation/events'
import { type EventStore, Halted } from '@novation/platform'
import type { Grant } from '../access/grant'
import type { Head } from '../heads'
import { type Problem, problem } from '../http/problems'

/** What became of a command: decided, and recorded; or turned away at the door of the ledger, where nothing is. */
export type CommandOutcome =
  | { readonly tag: 'accepted'; readonly revision: number; readonly events: number }
  | { readonly tag: 'rejected'; readonly code: RejectionCode; readonly reason: string; readonly revision: number }
  | { readonly tag: 'refused'; readonly problem: Problem }

/** What the first event of a command says of how it ended. */
export const outcomeOf = ({ type, revision, data, metadata }: LedgerEvent): CommandOutcome =>
  type === 'CommandRejected'
    ? { tag: 'rejected', code: data.code as RejectionCode, reason: data.reason, revision }
    : { tag: 'accepted', revision, events: metadata.events ?? 1 }

/** What the ledger has recorded under a key, as far as it is known without looking: of which wish, and where. */
export const recordOf = ({ book }: Head, key: Pick<Command, 'actor' | 'id'>): Outcome | undefined =>
  book.outcomes.get(keyOf(key))

/** How that ended, in the words of the ledger. */
export const recordedOutcome = async (
  store: EventStore,
  { book }: Head,
  { revision }: Outcome,
): Promise<CommandOutcome> => {
  for await (const recorded of store.read(streamOf(book.name), revision)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    return outcomeOf(event.right)
  }
  throw new Halted('broken-history', `the store has no event ${revision} of ${book.name}`)
}

/** A wish, as two of them are told apart (protocol 5). */
export const wishOf = (command: Command): string => contentHash(command)

/** Whether a record is of this very wish: it keeps the beginning of the digest of what was wanted. */
export const isRecordOf = ({ contentHash: kept }: Outcome, command: Command): boolean =>
  wishOf(command).startsWith(kept)

type Rejected = Extract<CommandOutcome, { tag: 'rejected' }>

/** What the ledger said; to who sees one account only, by its code alone, since its words may say how others stand. */
export const reasonFor = (
  { sight }: Pick<Grant, 'sight'>,
  { code, reason }: Pick<Rejected, 'code' | 'reason'>,
): string => (sight === 'pool' ? reason : `the ledger has turned it down: ${code}`)

/** As the answer to a problem: what the ledger said, and where it is recorded. */
export const rejectionOf = (
  grant: Grant,
  { code, reason, revision }: Rejected,
  { id, actor }: Pick<Command, 'id' | 'actor'>,
): Problem => problem(code, reasonFor(grant, { code, reason }), { id, actor, outcome: 'rejected', revision })
