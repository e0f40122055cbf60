import { reducerVersion } from '@novation/clearing'
import type { Millis } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import { sealText, unsealText } from '../disk/sealed-text'
import type { Revision } from '../store/event-store'

/** What is known of a snapshot before it is opened. */
export interface Label {
  readonly pool: string
  readonly revision: Revision
  readonly at: Millis
}

/** Records that lie in a file of their own, named by the digest of its bytes; snapshots of one history share them. */
export interface Part {
  readonly records: number
  readonly digest: string
}

/** What a snapshot says of itself. */
export interface Kept extends Label {
  readonly reducer: number
  /** The hash of the last event. */
  readonly head: string
  /** The state hash, which is the digest of the bytes of the state. */
  readonly state: string
  readonly state_bytes: number
  readonly outcomes: readonly Part[]
  readonly trades: readonly Part[]
  /** Whether its maker takes it away once newer ones are there. */
  readonly isPassing: boolean
}

/** A snapshot whose own words are whole: `digest` is theirs, and so names all that it holds. */
export interface Found extends Kept {
  readonly digest: string
}

const digits = 12

export const nameOf = ({ pool, revision, at }: Label): string =>
  `${pool}.r${reducerVersion}.${String(revision).padStart(digits, '0')}.${at}.snapshot`

/** Nothing where the file is no snapshot, or one of another reducer, which is passed over. */
export const labelOf = (name: string): Label | undefined => {
  const [, pool, reducer, revision, at] = /^(.+)\.r(\d+)\.(\d+)\.(\d+)\.snapshot$/.exec(name) ?? []
  return pool === undefined || Number(reducer) !== reducerVersion
    ? undefined
    : { pool, revision: Number(revision), at: Number(at) }
}

export const writeKept = (kept: Kept): string => sealText(kept)

/** What a snapshot says of itself, or why that is not believed. */
export const readKept = (label: Label, text: string): Either<string, Found> => {
  try {
    const { value, digest } = unsealText(text)
    const found = { ...(value as Kept), digest }
    const { pool, revision, at, reducer } = found
    if (reducer !== reducerVersion) return left(`made by reducer ${reducer}, this is reducer ${reducerVersion}`)
    return pool === label.pool && revision === label.revision && at === label.at
      ? right(found)
      : left(`it is of pool ${pool} at revision ${revision}`)
  } catch (error) {
    return left((error as Error).message)
  }
}
