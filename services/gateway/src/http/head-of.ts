import type { Asked } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import type { Grant } from '../access/grant'
import type { Gateway } from '../gateway'
import type { Head } from '../heads'
import { type Problem, problem } from './problems'

/** How long who asks for a revision that is still on its way is kept waiting, and how often it is looked for. */
const patience_ms = 5_000
const look_ms = 10

/** Browsers and proxies resolve these in a path, so they stand there behind a tilde, which no name begins with. */
const dots = new Map([
  ['~.', '.'],
  ['~..', '..'],
  ['.', ''],
  ['..', ''],
])

/** The names in a path as they are. Dots that nobody has resolved stand for nobody: another program would have asked for something else. */
export const named = (asked: Asked): Asked =>
  Object.values(asked.params).some((word) => dots.has(word))
    ? {
        ...asked,
        left: asked.left,
        params: Object.fromEntries(Object.entries(asked.params).map(([name, word]) => [name, dots.get(word) ?? word])),
      }
    : asked

/** The pool that a path names. What holds a slash or a control character is nobody's name. */
export const headOf = ({ heads }: Gateway, { params }: Asked, { pools }: Grant): Either<Problem, Head> => {
  const { pool = '', ...words } = params
  if (Object.values(words).some((word) => !/^[A-Za-z0-9._:-]{1,100}$/.test(word)))
    return left(problem('not-found', 'no such name can be there'))
  const head = pools === undefined || pools.has(pool) ? heads.get(pool) : undefined
  return head === undefined
    ? left(problem('unknown-pool', `this gateway follows no pool ${JSON.stringify(pool.slice(0, 64))}`))
    : right(head)
}

/** Waits until the pool has come to a revision: who wrote is answered by any gateway with what he wrote. */
export const reached = async (
  { scheduler }: Gateway,
  { book }: Head,
  atLeast: number,
  left_: AbortSignal,
): Promise<Either<Problem, void>> => {
  const until = scheduler.now() + patience_ms
  while (book.revision < atLeast) {
    if (scheduler.now() >= until || left_.aborted)
      return left(problem('not-yet', `revision ${atLeast} has not come; this gateway is at ${book.revision}`))
    await scheduler.sleep(look_ms, left_)
  }
  return right(undefined)
}
