import type { RecordedEvent, Revision } from '../event-store'
import { type AppendRow, unpackAppend } from './append-row'
import type { Connection } from './layout'

/** What is asked of the file, however it lies in it. */
export interface Rows {
  /** The next events of a stream from a revision on; none where there are none. */
  readonly stream: (stream: string, from: Revision) => readonly RecordedEvent[]
  readonly last: (stream: string) => RecordedEvent | undefined
  /** The next events of the streams of a prefix after a position, and how far the search for them went. */
  readonly search: (
    prefix: string,
    after: number,
  ) => { readonly events: readonly RecordedEvent[]; readonly reached: number }
}

/** About so many events are read at once: they bound the memory of a reader, and how long it keeps the file. */
export const page = 500

const columns = 'position, stream, first, last, hash, ids, texts, odd'

/** The questions to a file that has a row an append. */
export const appendRows = (connection: Connection): Rows => {
  const rows = <P extends unknown[]>(sql: string) => {
    const statement = connection.prepare<P>(`SELECT ${columns} FROM appends WHERE ${sql}`).raw()
    return (...parameters: P): readonly AppendRow[] => statement.all(...parameters) as unknown as AppendRow[]
  }
  // The row that holds the last event of a page ends it.
  const stream = rows<[string, Revision]>(
    `stream = ?1 AND last >= ?2 AND last <= coalesce((SELECT min(last) FROM appends
     WHERE stream = ?1 AND last >= ?2 + ${page - 1}), ?2 + ${page}) ORDER BY last`,
  )
  const last = rows<[string]>('stream = ? ORDER BY last DESC LIMIT 1')
  const between = rows<[after: number, upTo: number, prefix: string]>(
    // The plus sign keeps the planner from sorting a whole stream by position instead of walking on from where it is.
    'position > ?1 AND position <= ?2 AND substr(+stream, 1, length(?3)) = ?3 ORDER BY position',
  )
  const pageEnd = connection
    .prepare<[number]>(
      `SELECT coalesce((SELECT min(position) FROM appends WHERE position >= ?1 + ${page}),
       (SELECT max(position) FROM appends), 0)`,
    )
    .raw()

  return {
    stream: (name, from) => stream(name, from).flatMap((row) => unpackAppend(row, from)),
    last: (name) => last(name).flatMap((row) => unpackAppend(row, row[3]))[0],
    search: (prefix, after) => {
      const [reached] = pageEnd.get(after) as unknown as [number]
      if (reached <= after) return { events: [], reached: after }
      const events = between(after, reached, prefix).flatMap((row) => {
        const [position, , first, ended] = row
        return unpackAppend(row, Math.max(first, ended - (position - after) + 1))
      })
      return { events, reached }
    },
  }
}
