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
    /** A place, and how to give it back; or why there is none. */
    take: ({ id, rates }: Grant): Either<Problem, () => void> => {
      const own = taken.get(id) ?? 0
      if (rates !== undefined && own >= each)
        return left(
          problem('too-many', `${each} feeds are open under this token: close one, or follow several channels on one`),
        )
      if (total >= all) return left(problem('too-many', `${all} feeds are open here: try another gateway`))
      taken.set(id, own + 1)
      total += 1
      return right(() => {
        const now = (taken.get(id) ?? 1) - 1
        total -= 1
        if (now === 0) taken.delete(id)
        else taken.set(id, now)
      })
    },
  }
}

export type Places = ReturnType<typeof keepPlaces>
