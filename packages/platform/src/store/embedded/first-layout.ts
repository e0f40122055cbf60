import type { RecordedEvent, Revision } from '../event-store'
import type { Connection } from './layout'
import { page, type Rows } from './rows'

type EventRow = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  hash: string,
  body: string,
]

const recorded = ([position, stream, revision, id, type, hash, body]: EventRow): RecordedEvent => ({
  stream,
  revision,
  position: String(position),
  id,
  type,
  hash,
  body,
})

/** The questions to a file of the first layout, which has a row an event. It is read as it is, and written no more. */
export const eventRows = (connection: Connection): Rows => {
  const rows = <P extends unknown[]>(sql: string) => {
    const statement = connection
      .prepare<P>(`SELECT position, stream, revision, id, type, hash, body FROM events WHERE ${sql}`)
      .raw()
    return (...parameters: P): readonly RecordedEvent[] =>
      (statement.all(...parameters) as unknown as EventRow[]).map(recorded)
  }
  const stream = rows<[string, Revision]>(`stream = ? AND revision >= ? ORDER BY revision LIMIT ${page}`)
  const last = rows<[string]>('stream = ? ORDER BY revision DESC LIMIT 1')
  const between = rows<[after: number, upTo: number, prefix: string]>(
    'position > ?1 AND position <= ?2 AND substr(+stream, 1, length(?3)) = ?3 ORDER BY position',
  )
  const head = connection.prepare<[]>('SELECT coalesce(max(position), 0) FROM events').raw()
  return {
    stream,
    last: (name) => last(name)[0],
    search: (prefix, after) => {
      const reached = Math.max(after, Math.min(after + page, (head.get() as unknown as [number])[0]))
      return { events: between(after, reached, prefix), reached }
    },
  }
}
