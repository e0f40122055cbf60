import type { ReadFrom } from '@novation/audit'
import { quiet } from '@novation/platform'
import { idAt, openKnown } from './known-history'

/** What is known of the ids of one history: half of each, as two words, in order of revision. */
interface Known {
  words: Uint32Array
  count: number
  /** The id of the last: it says whether this is still the history that was read. */
  last: string
}

/** So many are read before anybody else gets their turn. */
const stride = 1_000

/** The first two words of an id: `7bf24be7-0283-56b9-…` begins with 7bf24be7 and 028356b9. */
const wordsOf = (id: string): readonly [number, number] => [
  Number.parseInt(id.slice(0, 8), 16),
  Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16),
]

const roomFor = (known: Known): Uint32Array => {
  if (2 * known.count < known.words.length) return known.words
  const more = new Uint32Array(Math.max(1_024, 2 * known.words.length))
  more.set(known.words)
  return more
}

/**
 * Where an event stands, by its id. Ids follow from hashes and so from nothing that is known of a revision: each history is read through once, as
 * far as somebody asks, and eight bytes an event are kept of it. Reading is gone on with where it was given up.
 */
export const openEventIds = (readerOf: (pool: string) => ReadFrom) => {
  const knownOf = openKnown(
    readerOf,
    (): Known => ({ words: new Uint32Array(0), count: 0, last: '' }),
    ({ count, last: id }) => (count === 0 ? undefined : { revision: count - 1, id }),
  )

  const readOn = async (known: Known, read: ReadFrom, revision: number, signal: AbortSignal): Promise<void> => {
    if (known.count > revision) return
    for await (const stored of read(known.count)) {
      // Somebody else who asks may have read these meanwhile.
      if (stored.revision === known.count) {
        known.words = roomFor(known)
        known.words.set(wordsOf(stored.id), 2 * known.count)
        known.count += 1
        known.last = stored.id
      }
      if (stored.revision >= revision || signal.aborted) return
      if (stored.revision % stride === 0) await quiet()
    }
  }

  /** The revision of the event of this id, up to a revision; nothing where there is none, or where `signal` was aborted first. */
  return async (pool: string, id: string, revision: number, signal: AbortSignal): Promise<number | undefined> => {
    const read = readerOf(pool)
    const known = await knownOf(pool)
    await readOn(known, read, revision, signal)
    const [first, second] = wordsOf(id)
    const { words } = known
    const end = Math.min(known.count - 1, revision)
    for (let at = 0; at <= end; at += 1)
      if (words[2 * at] === first && words[2 * at + 1] === second && (await idAt(read, at)) === id) return at
    return undefined
  }
}
