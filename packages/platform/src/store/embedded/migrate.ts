import type { RecordedEvent } from '../event-store'
import { openSheet, packAppend } from './append-row'
import { eventRows } from './first-layout'
import { atomically, type Connection, createTables, insertRow, layoutOf } from './layout'

/** Whether an event comes right after another, in its stream and in the store: then one row can hold both. */
const follows = (event: RecordedEvent, { stream, revision, position }: RecordedEvent): boolean =>
  event.stream === stream && event.revision === revision + 1 && Number(event.position) === Number(position) + 1

/** The events in rows that each hold what follows one another. */
const together = (events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] => {
  const groups: RecordedEvent[][] = []
  for (const event of events) {
    const group = groups.at(-1)
    const previous = group?.at(-1)
    if (group !== undefined && previous !== undefined && follows(event, previous)) group.push(event)
    else groups.push([event])
  }
  return groups
}

/** Hears how far a file is, in events. */
export type Migrating = (done: number, total: number) => void

/** So many events pass between two words of how far it is. */
const stride = 50_000

/**
 * Gives a file of the first layout today's, in one transaction: a process that is killed in the middle leaves it as it
 * was. Streams, revisions, positions, ids, hashes and texts stay what they are; only where a row begins is new. Another
 * process may have done it meanwhile.
 */
export const migrate = (connection: Connection, told: Migrating): void =>
  atomically(connection, () => {
    if (layoutOf(connection) !== 1) return
    const old = eventRows(connection)
    createTables(connection)
    const [insert, sheet] = [insertRow(connection), openSheet()]
    const [total] = connection.prepare<[]>('SELECT count(*) FROM events').raw().get() as unknown as [number]
    let done = 0
    for (let after = -1; ; ) {
      const { events, reached } = old.search('', after)
      for (const group of together(events))
        insert(packAppend(group[0]?.stream ?? '', group, Number(group[0]?.position) - 1, sheet))
      const before = done
      done += events.length
      if (Math.floor(done / stride) > Math.floor(before / stride)) told(done, total)
      if (reached === after) break
      after = reached
    }
    connection.exec('DROP TABLE events')
    told(total, total)
  })
