import type { CommandData, CommandType, EventData, EventType } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import type { RejectionCode } from './rejections'
import { apply } from './state/apply'
import type { Book } from './state/book'
import type { Account, House, Instrument, Pool, Position } from './state/pool'
import type { Move } from './state/postings'

/** Why the ledger did not do what was asked: it stands in the ledger, and binds the command's id (protocol 6). */
export interface Rejection {
  readonly code: RejectionCode
  readonly reason: string
}

/** Whether what a draft has recorded is to be. Where it is not, all of it is taken back: a rule never undoes anything. */
export type Decision = Either<Rejection | NoNews, void>

/** Said of what brings nothing: it is not even recorded, so that nobody fills the ledger with what is known. */
export interface NoNews {
  readonly code: 'no-news'
  readonly reason: string
}

/** Of what somebody carries nothing counted: why the first of it did not. */
export const nothingNew = (
  what: string,
  [first]: readonly { readonly source: string; readonly why: string }[],
): NoNews => ({
  code: 'no-news',
  reason: first === undefined ? `no ${what}` : `nothing of it is new: ${first.source} is ${first.why}`,
})

export const accepted: Decision = right(undefined)

export const reject = (code: RejectionCode, reason: string): Decision => left({ code, reason })

/** What a decision makes: what happened, and the value it moves. */
export interface MadeOf<K extends EventType> {
  readonly type: K
  readonly data: EventData<K>
  readonly moves: readonly Move[]
}
export type Made = { [K in EventType]: MadeOf<K> }[EventType]

/**
 * A decision in the making. What is recorded has happened: the pool is read as it is afterwards, so what a rule compares
 * with "before" it works out before.
 */
export interface Draft {
  readonly pool: Pool
  readonly made: readonly Made[]
  readonly record: <K extends EventType>(type: K, data: EventData<K>, moves?: readonly Move[]) => void
  /** Where an account holds an instrument, whether or not it does now. */
  readonly slot: (account: Account, instrument: Instrument) => Position
  readonly house: (name: string) => House
  /** What the work comes to, as if it were recorded; nothing of it is. */
  readonly rehearse: <T>(work: (draft: Draft) => T) => T
}

export const draftOn = (book: Book): Draft => {
  const made: Made[] = []
  return {
    pool: book,
    made,
    record: (type, data, moves = []) => {
      apply(book, type, data, moves)
      made.push({ type, data, moves } as unknown as Made)
    },
    slot: (account, instrument) => book.slot(account, instrument),
    house: (name) => book.house(name),
    rehearse: (work) => book.rehearse(() => work(draftOn(book))),
  }
}

/** Decides one kind of command against the state, where `pool.at` is now. `actor` is who asks, `signedBy` are the keys that prove it. */
export type Decide<K extends CommandType> = (
  draft: Draft,
  data: CommandData<K>,
  actor: string,
  signedBy: readonly string[],
) => Decision
