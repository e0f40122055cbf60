import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import type { StoredEvent } from '../event-store'

/** A ledger as the first version wrote it, a row an event, in the order in which these were written. */
export const writeFirstLayout = (
  directory: string,
  written: readonly { readonly stream: string; readonly events: readonly StoredEvent[] }[],
): void => {
  mkdirSync(directory, { recursive: true })
  const file = new Database(join(directory, 'events.db'))
  file.prepare('PRAGMA journal_mode = WAL').get()
  file.exec(`
    BEGIN;
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
    PRAGMA application_id = ${0x6e6f766e};
    PRAGMA user_version = 1;`)
  const insert = file.prepare('INSERT INTO events (stream, revision, id, type, hash, body) VALUES (?, ?, ?, ?, ?, ?)')
  for (const { stream, events } of written)
    for (const { revision, id, type, hash, body } of events) insert.run(stream, revision, id, type, hash, body)
  file.exec('COMMIT')
  file.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
  file.close()
}
