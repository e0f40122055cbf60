import { type Stored, streamOf } from '@novation/events'
import { type EventStore, quiet } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

const otherHistory = (pool: string, why: string): Failure =>
  new Failure({
    id: 'import-conflict',
    exit: exitCodes.failed,
    what: `the ledger holds another history of pool ${pool} already`,
    why,
    remedy: 'import into a new folder',
  })

/** Those events that the ledger lacks. What it has must be the beginning of them, event for event. */
async function* missing(store: EventStore, pool: string, events: AsyncIterable<Stored>): AsyncIterable<Stored> {
  const there = store.read(streamOf(pool), 0)[Symbol.asyncIterator]()
  let had = await there.next()
  for await (const event of events) {
    if (had.done === true) {
      yield event
      continue
    }
    const { id, hash, body } = had.value
    if (id !== event.id || hash !== event.hash || body !== event.body)
      throw otherHistory(pool, `it and the file part at revision ${event.revision}`)
    had = await there.next()
  }
}

const beginsCommand = ({ body }: Stored): boolean =>
  (JSON.parse(body) as { readonly metadata: { readonly events?: number } }).metadata.events !== undefined

const batchSize = 500

/**
 * Appends the events that the ledger lacks, whole commands at a time, and stops between two batches once `signal` is
 * aborted: what is there then is a sound beginning. Answers how many were appended.
 */
export const appendMissing = async (
  store: EventStore,
  pool: string,
  events: AsyncIterable<Stored>,
  signal: AbortSignal,
): Promise<number> => {
  let batch: Stored[] = []
  let appended = 0
  const flush = async (): Promise<void> => {
    if (!isNonEmpty(batch)) return
    const done = await store.append(streamOf(pool), batch, batch[0].revision - 1)()
    if (done._tag === 'Left') throw otherHistory(pool, `the store answers ${JSON.stringify(done.left)}`)
    appended += batch.length
    batch = []
    await quiet()
  }
  for await (const event of missing(store, pool, events)) {
    if (batch.length >= batchSize && beginsCommand(event)) await flush()
    if (signal.aborted && batch.length === 0) return appended
    batch.push(event)
  }
  await flush()
  return appended
}
