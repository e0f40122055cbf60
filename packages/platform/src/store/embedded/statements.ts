import type { Position, RecordedEvent, Revision, StoredEvent } from '../event-store'
import type { Connection } from './layout'

type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  hash: string,
  body: string,
]

const recorded = ([position, stream, revision, id, type, hash, body]: Row): RecordedEvent => ({
  stream,
  revision,
  position: String(position),
  id,
  type,
  hash,
  body,
})

/** Pages bound the memory of a reader and how long one read keeps everybody else waiting. */
const page = 500

/** Everything that is ever asked of the file, prepared once. */
export const prepareStatements = (connection: Connection) => {
  const columns = 'position, stream, revision, id, type, hash, body'
  const rows = <P extends unknown[]>(sql: string) => {
    const statement = connection.prepare<P>(sql).raw()
    return (...parameters: P): readonly RecordedEvent[] => (statement.all(...parameters) as Row[]).map(recorded)
  }

  const insert = connection.prepare<[string, Revision, string, string, string, string]>(
    'INSERT INTO events (stream, revision, id, type, hash, body) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const ids = connection
    .prepare<[string, Revision, number]>(
      'SELECT id FROM events WHERE stream = ? AND revision > ? ORDER BY revision LIMIT ?',
    )
    .raw()
  const revision = connection.prepare<[string]>('SELECT max(revision) FROM events WHERE stream = ?').raw()
  const position = connection.prepare<[]>('SELECT max(position) FROM events').raw()

  return {
    insert: (stream: string, event: StoredEvent): void => {
      insert.run(stream, event.revision, event.id, event.type, event.hash, event.body)
    },
    idsAfter: (stream: string, after: Revision, count: number): readonly string[] =>
      (ids.all(stream, after, count) as [string][]).map(([id]) => id),
    lastRevision: (stream: string): Revision | undefined =>
      (revision.get(stream) as [Revision | null] | undefined)?.[0] ?? undefined,
    lastPosition: (): number => (position.get() as [number | null] | undefined)?.[0] ?? 0,
    last: rows<[string]>(`SELECT ${columns} FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1`),
    stream: rows<[string, Revision]>(
      `SELECT ${columns} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ${page}`,
    ),
    // The plus sign keeps the planner from sorting a whole stream by position instead of walking on from where it is.
    all: rows<[after: number, upTo: number, prefix: string]>(
      `SELECT ${columns} FROM events WHERE position > ?1 AND position <= ?2
       AND substr(+stream, 1, length(?3)) = ?3 ORDER BY position LIMIT ${page}`,
    ),
  }
}

export type Statements = ReturnType<typeof prepareStatements>

export const positionNumber = (position: Position | undefined): number => {
  if (position === undefined) return 0
  if (!/^\d{1,15}$/.test(position)) throw new Error(`${JSON.stringify(position)} is not a position of this store`)
  return Number(position)
}
