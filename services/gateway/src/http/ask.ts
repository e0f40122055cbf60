import type { Either } from 'fp-ts/Either'
import type { Gateway } from '../gateway'
import type { Question } from '../moments/ask-past'
import type { Told } from '../reads/read'
import type { Problem } from './problems'

/** The past is worked out for so long, and for so many at a time. */
const pastPatience_ms = 10_000

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
    const head = gateway.heads.get(question.pool)?.book.revision
    return await gateway.askPast(head === undefined ? question : { ...question, head }, stop)
  } finally {
    done.abort()
  }
}
