import { canonicalJson, sha256 } from '@novation/events'
import { type Either, left, map, right } from 'fp-ts/Either'
import type { Book } from '../state/book'
import { judge } from '../state/judge'
import type { Pool } from '../state/pool'
import { readIndexes, writeIndexes } from './index-form'
import { bookOf } from './restore'
import { stateForm } from './state-form'
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
  const indexes = writeIndexes(pool)
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

/**
 * The book a snapshot was taken of, or why it is not to be used. Nobody is judged yet, so that whoever reads on from here
 * judges once, at the end.
 */
export const readSnapshot = (json: unknown): Either<string, Book> => {
  if (!isSnapshot(json)) return left('not a snapshot')
  if (json.reducer !== reducerVersion) return left(`made by reducer ${json.reducer}, this is reducer ${reducerVersion}`)
  try {
    const book = bookOf(stateForm.read(json.state as never))
    const hash = stateHash(book)
    if (hash !== json.hash || book.revision !== json.revision)
      return left(`its state is ${hash} at ${book.revision}, but it says ${json.hash} at ${json.revision}`)
    if (hashOf(json.indexes) !== json.indexHash) return left('its indexes are not what they were')
    readIndexes(book, json.indexes as never)
    return right(book)
  } catch (error) {
    return left(`unreadable: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The same with everybody's standing derived anew: fit to be decided on. */
export const openSnapshot = (json: unknown): Either<string, Book> => map(judge)(readSnapshot(json))

/** The same from nothing: every account judged at the present marks. What `judge` keeps up must equal this. */
export const judgeAll = (pool: Pool): Book => judge(copyOf(pool))

/** Another book of the same state and indexes, in which nobody is judged yet. */
export const copyOf = (pool: Pool): Book => {
  const book = bookOf(stateForm.read(stateForm.write(pool) as never), pool.parts, pool.verify)
  book.outcomes.load(pool.outcomes.bytes())
  book.trades.load(pool.trades.bytes())
  return book
}
