import { randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { Journal } from './journal'
import { type Expected, metastreamOf, type Outcome, type Proposed, type Recorded, sizeOf } from './record'
import { isSoftDeleted, lastRevision, metadataOf, newStream, type Stream } from './stream'

/** The one history behind the protocol, and the rules by which it grows. */
export interface Log {
  /** Everything, in the order of `$all`. */
  readonly all: readonly Recorded[]
  stream(name: string): Stream | undefined
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome
  /** Deleted until somebody writes to it again; its revisions go on. */
  remove(stream: string, expected: Expected): Outcome
  /** Deleted for ever. */
  tombstone(stream: string, expected: Expected): Outcome
  /** As after a restart: of what was written before, only what names its revision is known again. */
  forget(): void
  /** Settles when something has been appended, or `signal` aborts. */
  grown(signal: AbortSignal): Promise<void>
}

const systemEvent = (type: string, data: object | string): Proposed => ({
  id: randomUUID(),
  type,
  isJson: true,
  data: Buffer.from(typeof data === 'string' ? data : JSON.stringify(data)),
  metadata: new Uint8Array(),
})

/** The largest number the server has, which is larger than any that this program may compute with. */
const pastEveryRevision = '9223372036854775807'

export const openLog = (journal: Journal): Log => {
  const all: Recorded[] = []
  const streams = new Map<string, Stream>()
  const byId = new Map<string, Recorded>()
  const growth = new EventEmitter().setMaxListeners(0)

  const streamOf = (name: string): Stream => {
    const known = streams.get(name) ?? newStream(name)
    streams.set(name, known)
    return known
  }

  const apply = (record: Recorded): void => {
    all.push(record)
    streamOf(record.stream).records.push(record)
    if (record.type === '$streamDeleted') streamOf(record.stream).isTombstoned = true
    if (record.stream.startsWith('$$')) streamOf(record.stream.slice(2)).metadata = metadataOf(record)
  }

  const commit = (writes: readonly (readonly [string, readonly Proposed[]])[]): Recorded => {
    let position = all.at(-1)?.position ?? 0
    let size = sizeOf(all.at(-1) ?? systemEvent('', {})) + 1
    const append = writes.flatMap(([stream, events]) =>
      events.map((event, index): Recorded => {
        position += size
        size = sizeOf(event) + 1
        const revision = lastRevision(streams.get(stream)) + 1 + index
        return { ...event, stream, revision, position, created_ms: Date.now() }
      }),
    )
    journal.write(append)
    append.forEach(apply)
    for (const record of append) byId.set(record.id, record)
    growth.emit('grown')
    const last = append.at(-1)
    if (last === undefined) throw new Error('a commit without events')
    return last
  }

  /** Where the very same events already stand, in the same place: the outcome of the first time. */
  const repeated = (name: string, expected: Expected, events: readonly Proposed[]): Outcome | undefined => {
    const records = streams.get(name)?.records ?? []
    const from = expected === 'no-stream' ? -1 : expected
    const standing = events.map(({ id }, index) => {
      const known = typeof from === 'number' ? records[from + 1 + index] : byId.get(id)
      return known?.id === id && known.stream === name ? known : undefined
    })
    if (standing[0] === undefined) return undefined
    const last = standing.includes(undefined) ? undefined : standing.at(-1)
    // Some of it stands and some of it does not: this is no retry, and no new append either.
    if (last === undefined) return { tag: 'wrong-version', actual: lastRevision(streams.get(name)) }
    return { tag: 'appended', revision: last.revision, position: last.position }
  }

  const actualIf = (name: string, expected: Expected): number | undefined => {
    const stream = streams.get(name)
    const last = lastRevision(stream)
    if (expected === 'any') return last
    if (expected === 'stream-exists')
      return last >= 0 && stream !== undefined && !isSoftDeleted(stream) ? last : undefined
    if (expected === 'no-stream') return last < 0 || (stream !== undefined && isSoftDeleted(stream)) ? last : undefined
    return last === expected ? last : undefined
  }

  const write = (name: string, expected: Expected, writes: () => ReturnType<typeof commit> | undefined): Outcome => {
    if (streams.get(name)?.isTombstoned) return { tag: 'deleted' }
    if (actualIf(name, expected) === undefined) return { tag: 'wrong-version', actual: lastRevision(streams.get(name)) }
    const last = writes()
    return {
      tag: 'appended',
      revision: last?.revision ?? lastRevision(streams.get(name)),
      position: last?.position ?? 0,
    }
  }

  const append: Log['append'] = (name, expected, events) => {
    const stream = streams.get(name)
    const before = stream?.isTombstoned ? undefined : repeated(name, expected, events)
    if (before !== undefined) return before
    return write(name, expected, () => {
      if (events.length === 0) return undefined
      // Who writes to a deleted stream opens it again, from where it stood.
      const reopened = stream !== undefined && isSoftDeleted(stream)
      const meta = systemEvent('$metadata', { ...stream?.metadata, $tb: lastRevision(stream) + 1 })
      return commit([...(reopened ? [[metastreamOf(name), [meta]] as const] : []), [name, events]])
    })
  }

  for (const append of journal.history) append.forEach(apply)
  // A server that begins to lead says so in a stream of its own, which stands in `$all` before everything else.
  commit([['$epoch-information', [systemEvent('$epoch-information', {})]]])

  return {
    all,
    stream: (name) => streams.get(name),
    append,
    remove: (name, expected) =>
      write(name, expected, () =>
        commit([[metastreamOf(name), [systemEvent('$metadata', `{"$tb":${pastEveryRevision}}`)]]]),
      ),
    tombstone: (name, expected) => write(name, expected, () => commit([[name, [systemEvent('$streamDeleted', {})]]])),
    forget: () => byId.clear(),
    grown: (signal) =>
      new Promise((resolve) => {
        const wake = () => {
          growth.off('grown', wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (signal.aborted) return resolve()
        growth.on('grown', wake)
        signal.addEventListener('abort', wake)
      }),
  }
}
