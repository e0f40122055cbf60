import { type Either, left, right } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'
import type { Grant } from './grant'

/** So many may follow at once, and so many under one token. */
const all = 10_000
const each = 10

/** Counts who follows. */
export const keepPlaces = () => {
  const taken = new Map<string, number>()
  let total = 0
  return {
    /** A place, and how to give it back, once or more often; or why there is none. It is given back when who asked has left, too. */
    take: ({ counted, rates }: Grant, left_: AbortSignal): Either<Problem, () => void> => {
      const own = taken.get(counted) ?? 0
      if (rates !== undefined && own >= each)
        return left(
          problem('too-many', `${each} feeds are open under this token: close one, or follow several channels on one`),
        )
      if (total >= all) return left(problem('too-many', `${all} feeds are open here: try another gateway`))
      taken.set(counted, own + 1)
      total += 1
      let isTaken = true
      const giveBack = (): void => {
        if (!isTaken) return
        isTaken = false
        const now = (taken.get(counted) ?? 1) - 1
        total -= 1
        if (now === 0) taken.delete(counted)
        else taken.set(counted, now)
      }
      // What was let in may never come to be: a handshake fails, or nobody is there any more.
      if (left_.aborted) giveBack()
      else left_.addEventListener('abort', giveBack, { once: true })
      return right(giveBack)
    },
  }
}

export type Places = ReturnType<typeof keepPlaces>
