/** How far somebody has been told: a revision, and the beginning of its hash, which says of which history. */
export interface FeedCursor {
  readonly revision: number
  /** Undefined where only the revision is known. */
  readonly hash: string | undefined
}

const hash_chars = 12

export const cursorOf = ({ revision, hash }: { readonly revision: number; readonly hash: string }): string =>
  `${revision}.${hash.slice(0, hash_chars)}`

/** Reads a cursor, or a bare revision; undefined where it is neither. */
export const readCursor = (text: string): FeedCursor | undefined => {
  const [, revision, hash] = /^(\d{1,15})(?:\.([0-9a-f]{12}))?$/.exec(text) ?? []
  return revision === undefined ? undefined : { revision: Number(revision), hash }
}

/** Whether the event that stands there is the one that was told. */
export const isStill = ({ hash }: FeedCursor, stands: string): boolean => hash === undefined || stands.startsWith(hash)
