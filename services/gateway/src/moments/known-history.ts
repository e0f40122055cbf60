import type { ReadFrom } from '@novation/audit'
import type { Stored } from '@novation/events'

/** The id of the event at a revision; nothing where there is none. */
export const idAt = async (read: ReadFrom, revision: number): Promise<string | undefined> => {
  for await (const { id } of read(revision)) return id
  return undefined
}

/**
 * What is known of the history of each pool. It begins anew where a restored backup has cut off the event by which it is known
 * again, which `lastOf` tells; nothing where none was read yet.
 */
export const openKnown = <K>(
  readerOf: (pool: string) => ReadFrom,
  begin: () => K,
  lastOf: (known: K) => Pick<Stored, 'revision' | 'id'> | undefined,
) => {
  const pools = new Map<string, K>()
  return async (pool: string): Promise<K> => {
    const known = pools.get(pool)
    const last = known && lastOf(known)
    if (known !== undefined && (last === undefined || (await idAt(readerOf(pool), last.revision)) === last.id))
      return known
    const fresh = begin()
    pools.set(pool, fresh)
    return fresh
  }
}
