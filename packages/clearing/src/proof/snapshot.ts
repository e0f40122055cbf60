import { type Either, left, right } from 'fp-ts/Either'
import { judgeAll } from '../state/judge'
import { emptyPool, type Pool } from '../state/pool'
import { indexForm, stateForm } from './state-form'
import { reducerVersion, stateHash } from './state-hash'

/** A state as it was at one revision: a cache, never the truth, and never believed before its hash is recomputed. */
export interface Snapshot {
  readonly reducer: number
  readonly revision: number
  readonly hash: string
  readonly state: unknown
  readonly indexes: unknown
}

export const takeSnapshot = (pool: Pool): Snapshot => ({
  reducer: reducerVersion,
  revision: pool.revision,
  hash: stateHash(pool),
  state: stateForm.write(pool),
  indexes: indexForm.write(pool),
})

/** The pool a snapshot was taken of, everybody's standing derived anew; or why it is not to be used. */
export const openSnapshot = (snapshot: Snapshot): Either<string, Pool> => {
  if (snapshot.reducer !== reducerVersion)
    return left(`made by reducer ${snapshot.reducer}, this is reducer ${reducerVersion}`)
  const read = { ...stateForm.read(snapshot.state as never), ...indexForm.read(snapshot.indexes as never) }
  const pool: Pool = { ...emptyPool(read.name), ...read }
  const hash = stateHash(pool)
  return hash === snapshot.hash && pool.revision === snapshot.revision
    ? right(judgeAll(pool))
    : left(`its state hashes to ${hash}, but it says ${snapshot.hash}`)
}
