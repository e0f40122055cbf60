import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { left, right } from 'fp-ts/Either'
import Database from 'libsql'
import { writeFirstLayout } from '../contract/first-layout-file'
import { sampleChain } from '../contract/sample-events'
import { noStream } from '../event-store'
import { hasEmbeddedStore, openEmbeddedStore } from './embedded-store'

describe('the file of the embedded store', () => {
  let directory: string
  let file: string
  beforeEach(() => {
    directory = join(mkdtempSync(join(tmpdir(), 'novation-layout-')), 'ledger')
    file = join(directory, 'events.db')
  })
  afterEach(() => rmSync(join(directory, '..'), { recursive: true }))

  const foreign = (sql: string) => {
    mkdirSync(directory)
    const database = new Database(file)
    database.exec(sql)
    database.close()
  }

  it('is made, with its directory, where there is none', async () => {
    expect(hasEmbeddedStore(directory)).toBe(false)
    await openEmbeddedStore(directory).close()
    expect(hasEmbeddedStore(directory)).toBe(true)
  })

  it('is made with pages of 8 KiB, and keeps those it was made with', async () => {
    const pageOf = (): unknown => {
      const database = new Database(file)
      const [bytes] = database.prepare('PRAGMA page_size').raw().get() as unknown as [number]
      database.close()
      return bytes
    }
    await openEmbeddedStore(directory).close()
    expect(pageOf()).toBe(8_192)
    rmSync(directory, { recursive: true })
    writeFirstLayout(directory, [{ stream: 'ledger-main', events: sampleChain(3) }])
    const store = openEmbeddedStore(directory)
    expect(await store.append('ledger-main', sampleChain(1, sampleChain(3).at(-1)), 2)()).toEqual(right(3))
    await store.close()
    expect(pageOf()).toBe(4_096)
  })

  it('holds everything by itself once it is closed, so that a copy of it is a copy of the store', async () => {
    const store = openEmbeddedStore(directory)
    await store.append('ledger-main', sampleChain(3), noStream)()
    expect((await store.last('ledger-main'))?.revision).toBe(2)
    await store.close()
    const copy = join(directory, 'copy')
    mkdirSync(copy)
    copyFileSync(file, join(copy, 'events.db'))
    const again = openEmbeddedStore(copy)
    expect((await again.last('ledger-main'))?.revision).toBe(2)
    await again.close()
  })

  it.each([
    [
      'an older layout',
      0,
      'has layout 0 and this version reads layouts 1 to 2: export it with the version that wrote it',
    ],
    ['a newer layout', 3, 'has layout 3 and this version reads layouts 1 to 2: open it with a newer version'],
  ])('is refused with %s, and left as it was', async (_, version, reason) => {
    await openEmbeddedStore(directory).close()
    const database = new Database(file)
    database.exec(`PRAGMA user_version = ${version}`)
    database.close()
    const before = readFileSync(file)
    expect(() => openEmbeddedStore(directory)).toThrow(reason)
    expect(readFileSync(file)).toEqual(before)
  })

  it("is refused where it is another program's database, and left as it was", () => {
    foreign('CREATE TABLE events (position INTEGER)')
    const before = readFileSync(file)
    expect(() => openEmbeddedStore(directory)).toThrow('is not an event store')
    expect(readFileSync(file)).toEqual(before)
  })

  it('is refused where it is no database', () => {
    mkdirSync(directory)
    writeFileSync(file, 'a ledger of paper, not of bytes\n'.repeat(100))
    expect(() => openEmbeddedStore(directory)).toThrow('not a database')
  })

  it('answers unavailable while another process holds it for too long, and goes on afterwards', async () => {
    const store = openEmbeddedStore(directory, { busyTimeout_ms: 10 })
    const other = new Database(file)
    other.exec('BEGIN IMMEDIATE')
    const chain = sampleChain(2)
    expect(await store.append('ledger-main', chain, noStream)()).toMatchObject(
      left({ tag: 'unavailable', reason: expect.stringContaining('locked') }),
    )
    other.exec('ROLLBACK')
    other.close()
    expect(await store.append('ledger-main', chain, noStream)()).toEqual(right(1))
    await store.close()
  })

  it('gives back the whole of an append or nothing when it fails in the middle', async () => {
    const store = openEmbeddedStore(directory)
    const other = new Database(file)
    other.exec(`CREATE TRIGGER full AFTER INSERT ON appends WHEN new.last = 4
                BEGIN SELECT raise(ABORT, 'no room for revision 4'); END`)
    const chain = sampleChain(5)
    await expect(store.append('ledger-main', chain, noStream)()).rejects.toThrow('no room')
    expect(await store.last('ledger-main')).toBeUndefined()
    other.exec('DROP TRIGGER full')
    other.close()
    expect(await store.append('ledger-main', chain, noStream)()).toEqual(right(4))
    await store.close()
  })
})
