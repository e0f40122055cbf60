import type { Pool } from '@novation/clearing'
import type { Either } from 'fp-ts/Either'
import type { Gateway } from '../gateway'
import type { AskPast, Question } from '../moments/ask-past'
import { isLong, type Size } from '../moments/put-aside'
import type { Told } from '../reads/read'
import type { Problem } from './problems'

/** The past is worked out for so long, and for so many at a time: enough to walk a million events once, while moments of them are put aside. */
const pastPatience_ms = 30_000

const sizeOf = ({ revision, accounts }: Pool): Size => ({ revision, accounts: accounts.size })

/** Asks who works out the past, as long as there is patience. */
export const askPast = async (
  gateway: Gateway,
  question: Question,
  left_: AbortSignal,
): Promise<Either<Problem, Told>> => {
  const over = new AbortController()
  const stop = AbortSignal.any([over.signal, left_])
  const done = new AbortController()
  void gateway.scheduler.sleep(pastPatience_ms, done.signal).then(() => over.abort())
  try {
    const book = gateway.heads.get(question.pool)?.book
    const size = book && sizeOf(book)
    return await gateway.askPast(size === undefined ? question : { ...question, size }, stop)
  } finally {
    done.abort()
  }
}

/**
 * Has moments of a long history put aside, before anybody asks about one. Of a short one there is nothing to be put aside, and nobody is
 * asked. Nothing hangs on it: whoever asks first would have it done.
 */
export const preparePast = async (
  { heads, askPast: ask }: { readonly heads: ReadonlyMap<string, { readonly book: Pool }>; readonly askPast: AskPast },
  pool: string,
  signal: AbortSignal,
): Promise<void> => {
  const book = heads.get(pool)?.book
  if (book === undefined || !isLong(sizeOf(book))) return
  const { revision, head: hash } = book
  await ask({ pool, revision, hash, size: sizeOf(book), prepares: true }, signal).then(() => undefined)
}
