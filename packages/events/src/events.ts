import * as t from 'io-ts'
import type { Command } from './commands'
import type { EventData, EventType } from './event-data'
import { open } from './fields'
import { Actor, AmountText, BookAccount, Count, Digest, Id, InstantText, PoolName } from './text'

/** A signed change of one balance. The postings of an event sum to zero per asset, instruments included. */
export const Posting = open('Posting', { account: BookAccount, asset: Id, amount: AmountText })
export type Posting = t.TypeOf<typeof Posting>

/** What a decision makes: what happened, and the value it moves. */
export interface ProposalOf<K extends EventType> {
  readonly type: K
  readonly data: EventData<K>
  readonly postings: readonly Posting[]
}
export type Proposal = { [K in EventType]: ProposalOf<K> }[EventType]

export interface Metadata {
  readonly commandId: string
  readonly correlationId: string
  readonly causationId: string
  readonly actor: string
  /** Of the event's schema. */
  readonly version: number
  /** Of the rules that decided it (protocol 21). */
  readonly decider: number
  readonly previousHash: string
  readonly hash: string
  /** The command, whole, on its first event only (protocol 9). */
  readonly command?: Command
  /** How many events the command made, on its first event only. */
  readonly events?: number
}

/** An event as it stands in the ledger. */
export interface LedgerEventOf<K extends EventType> extends ProposalOf<K> {
  readonly id: string
  readonly pool: string
  readonly revision: number
  readonly at: string
  readonly metadata: Metadata
}
export type LedgerEvent = { [K in EventType]: LedgerEventOf<K> }[EventType]

/** The envelope as it is stored, before anybody looks into `data`. `id` and `hash` stand beside it. */
export const StoredEnvelope = open('StoredEnvelope', {
  type: t.string,
  pool: PoolName,
  revision: Count,
  at: InstantText,
  data: t.UnknownRecord,
  postings: t.readonlyArray(Posting),
  metadata: open(
    'Metadata',
    {
      commandId: Id,
      correlationId: Id,
      causationId: Id,
      actor: Actor,
      version: Count,
      decider: Count,
      previousHash: Digest,
    },
    { command: t.UnknownRecord, events: Count },
  ),
})
