import { pastEveryRevision, type Recorded } from './record'

/** One stream: its events from revision 0, and how much of it may still be read. */
export interface Stream {
  readonly records: Recorded[]
  /** Revisions below are gone for readers. */
  truncatedBefore: number
  /** Deleted for ever: no reader and no writer gets in. */
  isTombstoned: boolean
}

export const newStream = (): Stream => ({ records: [], truncatedBefore: 0, isTombstoned: false })

/** -1 where nothing was ever written. */
export const lastRevision = (stream: Stream | undefined): number => (stream?.records.length ?? 0) - 1

export const isSoftDeleted = (stream: Stream): boolean => stream.truncatedBefore === pastEveryRevision

/** What a reader is shown of a stream, or undefined where it does not exist for readers. */
export const readable = (stream: Stream | undefined): readonly Recorded[] | undefined =>
  stream === undefined || stream.records.length === 0 || isSoftDeleted(stream) ? undefined : stream.records

/** `$tb` of a metadata event: from where the stream may be read. */
export const truncation = (metadata: Recorded): number => {
  const { $tb } = JSON.parse(Buffer.from(metadata.data).toString()) as { readonly $tb?: number }
  return $tb ?? 0
}
