import { closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'

export type Connection = Database.Database

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

const pragma = (connection: Connection, name: string): number =>
  (connection.prepare<[]>(`PRAGMA ${name}`).raw().get() as [number])[0]

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

const establish = (connection: Connection, file: string): void =>
  atomically(connection, () => {
    const version = pragma(connection, 'user_version')
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

/** Opens one connection, durable on commit: the write-ahead log is synced before an append answers. */
const connect = (file: string, busyTimeout_ms: number): Connection => {
  const connection = new Database(file)
  try {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeout_ms}`)
    connection.prepare<[]>('PRAGMA journal_mode = WAL').get()
    connection.exec('PRAGMA synchronous = FULL')
    establish(connection, file)
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** A new file is only there after a crash once its directory has been synced too. */
const syncDirectory = (directory: string): void => {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const fileOf = (directory: string): string => join(directory, 'events.db')

/** Whether a directory holds an embedded store, of whatever layout. */
export const hasEmbeddedStore = (directory: string): boolean => existsSync(fileOf(directory))

export const connectFile = (directory: string, busyTimeout_ms: number): Connection => {
  mkdirSync(directory, { recursive: true })
  const isNew = !hasEmbeddedStore(directory)
  const connection = connect(fileOf(directory), busyTimeout_ms)
  if (isNew) syncDirectory(directory)
  return connection
}

export const connectMemory = (): Connection => connect(':memory:', 0)

/** Leaves everything in the one file, so that a copy of it is a copy of the store. */
export const disconnect = (connection: Connection): void => {
  connection.prepare<[]>('PRAGMA wal_checkpoint(TRUNCATE)').raw().get()
  connection.close()
}
