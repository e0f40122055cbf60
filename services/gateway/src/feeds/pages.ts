import { decodeEvent, encodeEvent, type LedgerEvent, published, streamOf } from '@novation/events'
import { type EventStore, Halted } from '@novation/platform'
import { cutFor } from '../access/cut'
import { channelOf, nameOf, type Wish } from './channels'
import type { Standing } from './wire'
import { together, type Wire } from './wire'

interface Entry {
  readonly event: LedgerEvent
  /** As `novation tail` prints it. */
  readonly text: () => string
}

/** What of a stretch of history is told. */
export interface Told {
  /** Nothing where nothing of it is wished for. */
  readonly bytes: Uint8Array | undefined
  /** The last event that was told on this wish, of this stretch or before it. */
  readonly previous: number | undefined
}

/** A stretch of history, and what each wish makes of it: worked out once, and the same bytes for all who have it. */
export interface Page {
  /** What it goes on from. */
  readonly before: string
  readonly first: number
  /** Where it ends. */
  readonly last: Standing
  readonly told: (wire: Wire, wish: Wish, previous: number | undefined) => Told
}

const pageEvents = 500
const page_bytes = 256 * 1024
/** Those who read at the same place want the same page at the same moment. */
const kept = 16

const standingOf = ({ revision, at, metadata: { hash } }: LedgerEvent): Standing => ({ revision, hash, at })

const once = <A>(work: () => A): (() => A) => {
  let made: { readonly value: A } | undefined
  return () => {
    made ??= { value: work() }
    return made.value
  }
}

/** The event as it is told, whole or cut; nothing where it is not for whom it is told to. */
const textFor = ({ event, text }: Entry, own: string | undefined): string | undefined => {
  if (own === undefined) return text()
  const cut = cutFor(event, own)
  return cut === undefined ? undefined : JSON.stringify(cut)
}

const tell = (entries: readonly Entry[], wire: Wire, wish: Wish, before: number | undefined): Told => {
  const channel = channelOf(wish)
  const parts: (string | Uint8Array)[] = []
  let previous = before
  for (const entry of entries) {
    const { event } = entry
    const found = channel(event)
    const text = found === undefined ? undefined : textFor(entry, wish.own)
    if (found === undefined || text === undefined) continue
    const after = previous === undefined ? '' : `"previous":${previous},`
    const rest = `"kind":"event","revision":${event.revision},${after}"at":"${event.at}","data":${text}`
    parts.push(wire.put(event.pool, { channel: found, rest, cursor: standingOf(event) }))
    previous = event.revision
  }
  return { bytes: parts.length === 0 ? undefined : together(parts), previous }
}

const pageOf = (entries: readonly Entry[]): Page | undefined => {
  const [first, last] = [entries[0]?.event, entries.at(-1)?.event]
  if (first === undefined || last === undefined) return undefined
  const made = new Map<string, Told>()
  return {
    before: first.metadata.previousHash,
    first: first.revision,
    last: standingOf(last),
    told: (wire, wish, previous) => {
      const name = `${wire.name} ${previous} ${nameOf(wish)}`
      const known = made.get(name)
      if (known !== undefined) return known
      const told = tell(entries, wire, wish, previous)
      made.set(name, told)
      return told
    },
  }
}

/** A page of what has just happened, which nobody has to read again. */
export const freshPage = (events: readonly LedgerEvent[]): Page | undefined =>
  pageOf(events.map((event) => ({ event, text: once(() => published(encodeEvent(event)).text) })))

const read = async (store: EventStore, pool: string, from: number, to: number): Promise<Page | undefined> => {
  const entries: Entry[] = []
  let size_bytes = 0
  for await (const recorded of store.read(streamOf(pool), from)) {
    if (recorded.revision > to) break
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    entries.push({ event: event.right, text: once(() => published(recorded).text) })
    size_bytes += recorded.body.length
    if (entries.length >= pageEvents || size_bytes >= page_bytes) break
  }
  return pageOf(entries)
}

/** Reads history in pages, each once for all who ask for it at about the same time. */
export const openPages = (store: EventStore) => {
  const pages = new Map<string, Promise<Page | undefined>>()
  return (pool: string, from: number, to: number): Promise<Page | undefined> => {
    const name = `${pool} ${from} ${to}`
    const known = pages.get(name)
    if (known !== undefined) return known
    const page = read(store, pool, from, to)
    pages.set(name, page)
    // Whoever asked hears of a failure; the next to ask tries again.
    void page.catch(() => pages.delete(name))
    const [oldest] = pages.keys()
    if (pages.size > kept && oldest !== undefined) pages.delete(oldest)
    return page
  }
}

export type Pages = ReturnType<typeof openPages>
