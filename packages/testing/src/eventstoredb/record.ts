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

/**
 * What an event counts against the largest append. Up to 24.10.0 the server counted the data alone, from 24.10.4 on
 * data, metadata and the type, as its log has them on disk. The strict count is the one to test against: whoever keeps
 * to it is let in by both.
 */
export const sizeOf = ({ type, data, metadata }: Proposed): number => data.length + metadata.length + 2 * type.length

export const metastreamOf = (stream: string): string => `$$${stream}`
