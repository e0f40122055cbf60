import { eventRows } from './first-layout'
import { atomically, type Connection, layoutOf } from './layout'
import { appendRows, type Rows } from './rows'

/** Asks the file, however it lies in it when it is asked. */
export type Ask = <A>(question: (rows: Rows) => A) => A

/**
 * Reads a file of the first layout as it is, until its first writer, in this process or in another, has given it today's.
 * Each question is answered from one state of the file.
 */
export const openReader = (connection: Connection): Ask => {
  let rows: Rows | undefined
  const current = (): Rows => {
    if (layoutOf(connection) === 1) return eventRows(connection)
    rows = appendRows(connection)
    return rows
  }
  return (question) => (rows === undefined ? atomically(connection, () => question(current()), 'read') : question(rows))
}
