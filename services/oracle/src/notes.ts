import { decodeEvent, type LedgerEvent, type Quote, streamOf } from '@novation/events'
import { type EventStore, Halted } from '@novation/platform'

/** What a carrier must know of a pool: under which domain it takes what is signed, and of whom it wants to hear what. */
export interface PoolNotes {
  readonly domain: string | undefined
  readonly wants: (quote: Quote) => boolean
}

/** Reads on where it stopped, so that what an operator changes counts with the next quotes. */
export interface NoteBook {
  readonly of: (pool: string) => Promise<PoolNotes>
}

interface Noted {
  next: number
  domain: string | undefined
  /** By index: what its sources quote. */
  readonly indices: Map<string, ReadonlySet<string>>
}

/** What of a history matters here; all else is not even decoded. */
const noted: ReadonlySet<string> = new Set(['IdentityAdopted', 'DomainRenewed', 'IndexSet'])

const nameOf = (source: string, base: string): string => `${source} ${base}`

const note = (notes: Noted, { type, data }: LedgerEvent): void => {
  if (type === 'IdentityAdopted' || type === 'DomainRenewed') notes.domain = data.domain
  if (type !== 'IndexSet') return
  const { index, base, sources } = data.terms
  notes.indices.set(index, new Set(sources.map(({ source }) => nameOf(source, base))))
}

export const openNotes = (store: EventStore): NoteBook => {
  const all = new Map<string, Noted>()
  return {
    of: async (pool) => {
      const notes = all.get(pool) ?? { next: 0, domain: undefined, indices: new Map() }
      all.set(pool, notes)
      for await (const recorded of store.read(streamOf(pool), notes.next)) {
        if (noted.has(recorded.type)) {
          const event = decodeEvent(recorded)
          if (event._tag === 'Left') throw new Halted('broken-history', event.left)
          note(notes, event.right)
        }
        notes.next = recorded.revision + 1
      }
      return {
        domain: notes.domain,
        wants: ({ source, base }) => [...notes.indices.values()].some((names) => names.has(nameOf(source, base))),
      }
    },
  }
}
