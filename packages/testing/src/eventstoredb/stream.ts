import type { Acl } from './acl'
import type { Recorded } from './record'

/** What the metadata of a stream says about it. */
export interface StreamMetadata {
  /** Revisions below are gone for readers. */
  readonly $tb?: number
  /** Only so many of the last events are shown. */
  readonly $maxCount?: number
  /** Only what is younger, in seconds, is shown. */
  readonly $maxAge?: number
  readonly $acl?: Acl
}

/** One stream: its events from revision 0, and how much of it may still be read. */
export interface Stream {
  readonly records: Recorded[]
  metadata: StreamMetadata
  /** Deleted for ever: no reader and no writer gets in. */
  isTombstoned: boolean
}

/** Of the events that hold a stream's metadata, the server keeps the last. */
export const newStream = (name: string): Stream => ({
  records: [],
  metadata: name.startsWith('$$') ? { $maxCount: 1 } : {},
  isTombstoned: false,
})

/** -1 where nothing was ever written. */
export const lastRevision = (stream: Stream | undefined): number => (stream?.records.length ?? 0) - 1

/** A stream that is deleted, but not for ever, has its beginning past every revision there can be. */
export const isSoftDeleted = ({ metadata }: Stream): boolean => (metadata.$tb ?? 0) > Number.MAX_SAFE_INTEGER

/** The first revision that a reader is shown: what a limit hides is hidden at once, scavenged or not. */
export const firstShown = ({ records, metadata }: Stream): number => {
  const { $tb = 0, $maxCount = records.length, $maxAge } = metadata
  const from = Math.max($tb, records.length - $maxCount)
  if ($maxAge === undefined) return Math.min(from, records.length)
  const young = records.findIndex(({ created_ms }) => created_ms >= Date.now() - $maxAge * 1_000)
  return Math.min(Math.max(from, young === -1 ? records.length : young), records.length)
}

/** What a reader is shown of a stream, or undefined where it does not exist for readers. */
export const readable = (stream: Stream | undefined): readonly Recorded[] | undefined =>
  stream === undefined || stream.records.length === 0 || isSoftDeleted(stream) ? undefined : stream.records

export const metadataOf = ({ data }: Recorded): StreamMetadata => JSON.parse(Buffer.from(data).toString())
