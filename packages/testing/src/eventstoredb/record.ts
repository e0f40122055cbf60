/** An event as a client proposes it. */
export interface Proposed {
  readonly id: string
  readonly type: string
  readonly isJson: boolean
  readonly data: Uint8Array
  readonly metadata: Uint8Array
}

/** An event as the log holds it. `position` is its place in `$all`: it grows, and is not dense. */
export interface Recorded extends Proposed {
  readonly stream: string
  readonly revision: number
  readonly position: number
  readonly created_ms: number
}

/** What a writer believes of the stream: its last revision, or one of the three words. */
export type Expected = number | 'any' | 'no-stream' | 'stream-exists'

export type Outcome =
  | { readonly tag: 'appended'; readonly revision: number; readonly position: number }
  /** `actual` is -1 where there is no stream. */
  | { readonly tag: 'wrong-version'; readonly actual: number }
  | { readonly tag: 'deleted' }

/** What an event counts against the largest append: its bytes and its type's, as the real log has them on disk. */
export const sizeOf = ({ type, data, metadata }: Proposed): number => data.length + metadata.length + 2 * type.length

export const metastreamOf = (stream: string): string => `$$${stream}`

/** A stream that is deleted, but not for ever, has its beginning past every revision. */
export const pastEveryRevision = Number.MAX_SAFE_INTEGER
