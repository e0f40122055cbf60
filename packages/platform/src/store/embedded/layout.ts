import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { makeFolder, syncFolder } from '../../disk/folders'
import type { AppendRow } from './append-row'

/** What of a connection is used. */
export type Connection = Pick<Database.Database, 'exec' | 'prepare' | 'inTransaction' | 'close'>

/** "novn": marks the file as ours, so that another program's database is never taken for a ledger. */
const applicationId = 0x6e6f766e
/** What this version writes: a row an append. The first layout, a row an event, it reads, and writes no more. */
const layout = 2

/**
 * One command at a time, what is synced grows with the page: 12, 20 and 36 KB with pages of 4, 8 and 16 KiB. A thousand
 * events at a time cost an eighth less CPU with pages of 8 than of 4, and no less with larger ones. A file keeps the
 * pages it was made with.
 */
const page_bytes = 8_192

const tables = `
  CREATE TABLE appends (
    position INTEGER PRIMARY KEY,
    stream   TEXT    NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    hash     TEXT    NOT NULL,
    ids      BLOB    NOT NULL,
    texts    BLOB    NOT NULL,
    odd      TEXT
  );
  CREATE UNIQUE INDEX ends ON appends (stream, last);
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${layout};`

export const pragma = (connection: Connection, name: string): unknown =>
  (connection.prepare<[]>(`PRAGMA ${name}`).raw().get() as [unknown])[0]

/**
 * All or nothing. A write is the only one while it lasts, since the lock is taken before anything is read; a read sees
 * one state of the file from its first question on, and keeps nobody waiting.
 */
export const atomically = <A>(connection: Connection, work: () => A, how: 'write' | 'read' = 'write'): A => {
  connection.exec(how === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN')
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

export const layoutOf = (connection: Connection): number => Number(pragma(connection, 'user_version'))

export const createTables = (connection: Connection): void => void connection.exec(tables)

export const insertRow = (connection: Connection): ((row: AppendRow) => void) => {
  const insert = connection.prepare<[...AppendRow]>('INSERT INTO appends VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  return (row) => void insert.run(...row)
}

const isEmpty = (connection: Connection): boolean =>
  layoutOf(connection) === 0 && connection.prepare<[]>('SELECT 1 FROM sqlite_schema').get() === undefined

/** Sees that the file is one of ours, of a layout that this version knows, before anything of it is changed. */
const recognise = (connection: Connection, file: string): void => {
  if (isEmpty(connection)) return
  if (pragma(connection, 'application_id') !== applicationId)
    throw new Error(`${file} is not an event store: another program's database, left as it is`)
  const found = layoutOf(connection)
  if (found >= 1 && found <= layout) return
  const remedy = found > layout ? 'open it with a newer version' : 'export it with the version that wrote it'
  throw new Error(`${file} has layout ${found} and this version reads layouts 1 to ${layout}: ${remedy}`)
}

/** Another process may be making the same file. */
const layOut = (connection: Connection): void =>
  atomically(connection, () => {
    if (isEmpty(connection)) createTables(connection)
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
    recognise(connection, where)
    // Of a file that is there already this changes nothing.
    connection.exec(`PRAGMA page_size = ${page_bytes}`)
    makeDurable(connection, where, journal)
    layOut(connection)
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
