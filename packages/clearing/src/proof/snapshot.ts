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

const isSnapshot = (json: unknown): json is Snapshot =>
  typeof json === 'object' &&
  json !== null &&
  'reducer' in json &&
  'state' in json &&
  'indexes' in json &&
  'hash' in json

/** The pool a snapshot was taken of, everybody's standing derived anew; or why it is not to be used. */
export const openSnapshot = (json: unknown): Either<string, Pool> => {
  if (!isSnapshot(json)) return left('not a snapshot')
  if (json.reducer !== reducerVersion) return left(`made by reducer ${json.reducer}, this is reducer ${reducerVersion}`)
  try {
    const read = { ...stateForm.read(json.state as never), ...indexForm.read(json.indexes as never) }
    const pool: Pool = { ...emptyPool(read.name), ...read }
    const hash = stateHash(pool)
    return hash === json.hash && pool.revision === json.revision
      ? right(judgeAll(pool))
      : left(`its state hashes to ${hash}, but it says ${json.hash}`)
  } catch (error) {
    return left(`unreadable: ${error instanceof Error ? error.message : String(error)}`)
  }
}
