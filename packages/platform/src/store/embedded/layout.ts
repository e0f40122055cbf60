import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { makeFolder, syncFolder } from '../../disk/folders'

/** What of a connection is used. */
export type Connection = Pick<Database.Database, 'exec' | 'prepare' | 'inTransaction' | 'close'>

/** "novn": marks the file as ours, so that another program's database is never taken for a ledger. */
const applicationId = 0x6e6f766e
const layout = 1

const tables = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    body     TEXT    NOT NULL
  );
  CREATE UNIQUE INDEX place ON events (stream, revision);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${layout};`

export const pragma = (connection: Connection, name: string): unknown =>
  (connection.prepare<[]>(`PRAGMA ${name}`).raw().get() as [unknown])[0]

/** All or nothing, and the only writer while it lasts: the lock is taken before anything is read. */
export const atomically = <A>(connection: Connection, work: () => A): A => {
  connection.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    connection.exec('COMMIT')
    return result
  } catch (error) {
    // A failed write may have rolled back by itself, and a second ROLLBACK would hide its reason.
    if (connection.inTransaction) connection.exec('ROLLBACK')
    throw error
  }
}

const layOut = (connection: Connection, file: string): void =>
  atomically(connection, () => {
    const version = Number(pragma(connection, 'user_version'))
    const isEmpty = connection.prepare<[]>('SELECT 1 FROM sqlite_schema').get() === undefined
    if (version === 0 && isEmpty) return void connection.exec(tables)
    if (pragma(connection, 'application_id') !== applicationId) {
      throw new Error(`${file} is not an event store: another program's database, left as it is`)
    }
    if (version !== layout) {
      const remedy = version > layout ? 'open it with a newer version' : 'export it with the version that wrote it'
      throw new Error(`${file} has layout ${version} and this version reads layout ${layout}: ${remedy}`)
    }
  })

/**
 * Has the connection sync the write-ahead log before a commit answers, and copy the log into the file only when it is
 * told to, since the one that SQLite does by itself keeps its failures to itself. A setting that was not taken (as a file
 * system may not allow the log) is not passed over.
 */
const makeDurable = (connection: Connection, where: string, journal: 'wal' | 'memory'): void => {
  const settings = { journal_mode: journal, synchronous: 2, wal_autocheckpoint: 0 }
  for (const [name, value] of Object.entries(settings)) {
    connection.prepare<[]>(`PRAGMA ${name} = ${value}`).get()
    const taken = pragma(connection, name)
    if (taken !== value) throw new Error(`${where} cannot be written to last: ${name} is ${taken}, not ${value}`)
  }
}

/** Takes a connection into use; closes it where it cannot be. */
export const establish = (
  connection: Connection,
  where: string,
  journal: 'wal' | 'memory',
  busyTimeout_ms: number,
): Connection => {
  try {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeout_ms}`)
    makeDurable(connection, where, journal)
    layOut(connection, where)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

export const fileOf = (directory: string): string => join(directory, 'events.db')

/** Whether a directory holds an embedded store, of whatever layout. */
export const hasEmbeddedStore = (directory: string): boolean => existsSync(fileOf(directory))

export const connectFile = (directory: string, busyTimeout_ms: number): Connection => {
  makeFolder(directory)
  const file = fileOf(directory)
  const isNew = !existsSync(file)
  const connection = establish(new Database(file), file, 'wal', busyTimeout_ms)
  if (isNew) syncFolder(directory)
  return connection
}

export const connectMemory = (): Connection => establish(new Database(':memory:'), 'the store in memory', 'memory', 0)

/**
 * Copies the write-ahead log into the file and syncs that. `whole` begins the log anew too, for which nobody else may
 * be reading it; answers whether that came to pass.
 */
export const copyLog = (connection: Connection, how: 'passive' | 'whole'): boolean => {
  const mode = how === 'whole' ? 'TRUNCATE' : 'PASSIVE'
  const [isBusy] = connection.prepare<[]>(`PRAGMA wal_checkpoint(${mode})`).raw().get() as [number]
  return isBusy === 0
}
