import type { Either } from 'fp-ts/Either'
import type { Gateway } from '../gateway'
import type { Question } from '../moments/ask-past'
import type { Told } from '../reads/read'
import type { Problem } from './problems'

/** The past is worked out for so long, and for so many at a time: enough to walk a million events once, while moments of them are put aside. */
const pastPatience_ms = 30_000

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
    const size = book && { revision: book.revision, accounts: book.accounts.size }
    return await gateway.askPast(size === undefined ? question : { ...question, size }, stop)
  } finally {
    done.abort()
  }
}
