import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runScript } from '@novation/testing'
import Database from 'libsql'
import { collect } from '../contract/collect'
import { sampleChain, sampleEvent } from '../contract/sample-events'
import { noStream } from '../event-store'
import { openEmbeddedStore, storeOn } from './embedded-store'
import { type Connection, connectFile, connectMemory, establish, pragma } from './layout'

describe('the file of an acknowledged append', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-durable-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))
  const file = () => join(directory, 'events.db')

  const settingsOf = (connection: Connection) =>
    ['journal_mode', 'synchronous', 'wal_autocheckpoint'].map((name) => pragma(connection, name))

  it('is synced before the append answers: FULL, on a write-ahead log that nobody copies behind our back', () => {
    const connection = connectFile(directory, 10)
    expect(settingsOf(connection)).toEqual(['wal', 2, 0])
    connection.close()
  })

  it('is in memory as strict as that allows', () => {
    const connection = connectMemory()
    expect(settingsOf(connection)).toEqual(['memory', 2, 0])
    connection.close()
  })

  it.each([
    ['journal_mode', 'wal', 'delete'],
    ['synchronous', '2', '1'],
    ['wal_autocheckpoint', '0', '1000'],
  ])('is not written at all where %s cannot be %s', (name, value, instead) => {
    const own = new Database(file())
    const stubborn: Connection = {
      get inTransaction() {
        return own.inTransaction
      },
      exec: own.exec.bind(own),
      close: own.close.bind(own),
      prepare: (sql: string) => own.prepare(sql.replace(`${name} = ${value}`, `${name} = ${instead}`)),
    }
    expect(() => establish(stubborn, 'events.db', 'wal', 10)).toThrow(
      `events.db cannot be written to last: ${name} is ${instead}, not ${value}`,
    )
  })

  it('holds by itself what a killed process left in its log, as soon as something is appended', async () => {
    const writer = runScript(join(__dirname, 'write.script.ts'), directory, 'ledger-main', '')
    await writer.printed(20)
    writer.kill()
    await writer.ended
    const store = openEmbeddedStore(directory)
    const last = await store.last('ledger-main')
    expect((await store.append('ledger-main', [sampleEvent(last)], last?.revision ?? noStream)())._tag).toBe('Right')
    const copy = join(directory, 'copy')
    mkdirSync(copy)
    copyFileSync(file(), join(copy, 'events.db'))
    await store.close()
    const again = openEmbeddedStore(copy)
    expect((await again.last('ledger-main'))?.revision).toBe(last?.revision)
    await again.close()
  }, 30_000)

  it('takes over from its log again and again: the log does not grow for ever', async () => {
    const store = openEmbeddedStore(directory)
    for (let chain = sampleChain(1_000), i = 0; i < 60; i += 1) {
      expect((await store.append('ledger-main', chain, (chain[0]?.revision ?? 0) - 1)())._tag).toBe('Right')
      chain = sampleChain(1_000, chain.at(-1))
    }
    expect(statSync(`${file()}-wal`).size).toBeLessThan(20_000_000)
    expect(statSync(file()).size).toBeGreaterThan(15_000_000)
    await store.close()
  })

  it('is told to be damaged where it is, to who reads and who writes', async () => {
    const store = openEmbeddedStore(directory)
    const chain = sampleChain(400)
    await store.append('ledger-main', chain, noStream)()
    await store.close()
    const { size } = statSync(file())
    const damaged = openSync(file(), 'r+')
    for (let at = 8_192; at < size; at += 4_096) writeSync(damaged, Buffer.alloc(2_048, 7), 0, 2_048, at)
    closeSync(damaged)
    const again = openEmbeddedStore(directory)
    const told = { name: 'Halted', reason: 'broken-history', message: expect.stringMatching(/events\.db is damaged: /) }
    await expect(collect(again.read('ledger-main', 0))).rejects.toMatchObject(told)
    await expect(again.append('ledger-main', [sampleEvent(chain.at(-1))], 399)()).rejects.toMatchObject(told)
    await again.close()
  })

  it('that cannot take over from its log ends the writer, and all that was acknowledged is there', async () => {
    const own = connectFile(directory, 10)
    const failing: Connection = {
      get inTransaction() {
        return own.inTransaction
      },
      exec: own.exec.bind(own),
      close: own.close.bind(own),
      prepare: (sql: string) => {
        if (sql.includes('wal_checkpoint(PASSIVE)'))
          throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_FSYNC' })
        return own.prepare(sql)
      },
    }
    const store = storeOn(failing, 'events.db', 5)
    let revision = noStream
    const fill = async () => {
      for (let chain = sampleChain(1_000); revision < 100_000; chain = sampleChain(1_000, chain.at(-1))) {
        await store.append('ledger-main', chain, revision)()
        revision += 1_000
      }
    }
    await expect(fill()).rejects.toMatchObject({ reason: 'disk-failed' })
    await store.close()
    const next = openEmbeddedStore(directory)
    expect(await collect(next.read('ledger-main', 0))).toHaveLength(revision + 1)
    await next.close()
  })
})
