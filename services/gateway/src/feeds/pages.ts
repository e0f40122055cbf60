import { decodeEvent, type LedgerEvent, published, streamOf } from '@novation/events'
import { type EventStore, Halted } from '@novation/platform'
import { type Channel, channelOf, nameOf, type Wish } from './channels'
import { cursorOf } from './cursor'

interface Entry {
  readonly event: LedgerEvent
  /** As `novation tail` prints it. */
  readonly text: string
}

/** A stretch of history, and what each wish makes of it: worked out once, and the same bytes for all who have it. */
export interface Page {
  /** The last revision of it, and its hash. */
  readonly last: { readonly revision: number; readonly hash: string; readonly at: string }
  /** As Server-Sent Events; empty where nothing of it is wished for. */
  readonly told: (wish: Wish) => string
}

const pageEvents = 500
const page_bytes = 256 * 1024
/** Those who are up to date want the same page at the same moment. */
const kept = 16

const message = (channel: Channel, { event, text }: Entry): string =>
  `id: ${cursorOf({ revision: event.revision, hash: event.metadata.hash })}\ndata: {"channel":"${channel}","kind":"event","revision":${event.revision},"at":"${event.at}","data":${text}}\n\n`

const pageOf = (entries: readonly Entry[], last: Page['last']): Page => {
  const made = new Map<string, string>()
  return {
    last,
    told: (wish) => {
      const name = nameOf(wish)
      const known = made.get(name)
      if (known !== undefined) return known
      const channel = channelOf(wish)
      const text = entries
        .map((entry) => {
          const found = channel(entry.event)
          return found === undefined ? '' : message(found, entry)
        })
        .join('')
      made.set(name, text)
      return text
    },
  }
}

const read = async (store: EventStore, pool: string, from: number, to: number): Promise<Page | undefined> => {
  const entries: Entry[] = []
  let size_bytes = 0
  for await (const recorded of store.read(streamOf(pool), from)) {
    if (recorded.revision > to) break
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Halted('broken-history', event.left)
    const { text } = published(recorded)
    entries.push({ event: event.right, text })
    size_bytes += text.length
    if (entries.length >= pageEvents || size_bytes >= page_bytes) break
  }
  const last = entries.at(-1)?.event
  return last === undefined
    ? undefined
    : pageOf(entries, { revision: last.revision, hash: last.metadata.hash, at: last.at })
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
