import type { Book } from '../state/book'
import type { Pool } from '../state/pool'
import type { Outcome } from '../state/values'

/** What a book remembers beside its state, as JSON: the records as they lie, in base64. */
export interface IndexJson {
  readonly outcomes: string
  readonly trades: string
}

/** What earlier versions wrote: every key, and how its command ended. */
interface EarlierJson {
  readonly outcomes: readonly (readonly [key: string, outcome: Outcome])[]
  readonly trades: readonly string[]
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')

export const writeIndexes = ({ outcomes, trades }: Pick<Pool, 'outcomes' | 'trades'>): IndexJson => ({
  outcomes: text(outcomes.bytes()),
  trades: text(trades.bytes()),
})

const isEarlier = (json: IndexJson | EarlierJson): json is EarlierJson => Array.isArray(json.outcomes)

/** Lets a book that knows of no command remember what was written. Throws on what cannot be read. */
export const readIndexes = (book: Book, json: IndexJson | EarlierJson): void => {
  if (!isEarlier(json)) {
    book.outcomes.load(Buffer.from(json.outcomes, 'base64'))
    book.trades.load(Buffer.from(json.trades, 'base64'))
    return
  }
  const inOrder = [...json.outcomes].sort(([, one], [, other]) => one.revision - other.revision)
  for (const [key, { contentHash, revision, rejection }] of inOrder)
    book.outcomes.set(key, { contentHash, revision, ...(rejection === undefined ? {} : { rejection }) })
  for (const trade of json.trades) book.trades.set(trade)
}
