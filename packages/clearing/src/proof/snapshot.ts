import { canonicalJson, sha256 } from '@novation/events'
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
  /** Of the indexes: they are no part of the state hash, but must not be believed unread either. */
  readonly indexHash: string
}

const hashOf = (json: unknown): string => sha256(canonicalJson(json))

export const takeSnapshot = (pool: Pool): Snapshot => {
  const indexes = indexForm.write(pool)
  return {
    reducer: reducerVersion,
    revision: pool.revision,
    hash: stateHash(pool),
    state: stateForm.write(pool),
    indexes,
    indexHash: hashOf(indexes),
  }
}

const isSnapshot = (json: unknown): json is Snapshot =>
  typeof json === 'object' &&
  json !== null &&
  'reducer' in json &&
  'state' in json &&
  'indexes' in json &&
  'indexHash' in json &&
  'hash' in json

/** The pool a snapshot was taken of, everybody's standing derived anew; or why it is not to be used. */
export const openSnapshot = (json: unknown): Either<string, Pool> => {
  if (!isSnapshot(json)) return left('not a snapshot')
  if (json.reducer !== reducerVersion) return left(`made by reducer ${json.reducer}, this is reducer ${reducerVersion}`)
  try {
    const read = { ...stateForm.read(json.state as never), ...indexForm.read(json.indexes as never) }
    const pool: Pool = { ...emptyPool(read.name), ...read }
    const hash = stateHash(pool)
    if (hash !== json.hash || pool.revision !== json.revision)
      return left(`its state is ${hash} at ${pool.revision}, but it says ${json.hash} at ${json.revision}`)
    return hashOf(json.indexes) === json.indexHash ? right(judgeAll(pool)) : left('its indexes are not what they were')
  } catch (error) {
    return left(`unreadable: ${error instanceof Error ? error.message : String(error)}`)
  }
}
