import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runScript } from '@novation/testing'
import { left, right } from 'fp-ts/Either'
import Database from 'libsql'
import { collect, take, written } from '../contract/collect'
import { writeFirstLayout } from '../contract/first-layout-file'
import { sampleChain, sampleEvent } from '../contract/sample-events'
import { noStream, type StoredEvent } from '../event-store'
import { openEmbeddedStore } from './embedded-store'

describe('a file of the first layout', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-migration-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))
  const file = () => join(directory, 'events.db')

  const layout = (): unknown => {
    const database = new Database(file())
    const [version] = database.prepare('PRAGMA user_version').raw().get() as unknown as [number]
    database.close()
    return version
  }

  const tables = (): readonly unknown[] => {
    const database = new Database(file())
    const names = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").raw().all() as unknown[][]
    database.close()
    return names.flat()
  }

  /** Two streams by turns, in appends of every size, one of them with an event that says neither its type nor its hash. */
  const history = () => {
    const chains = { 'ledger-a': sampleChain(1_300), 'ledger-b': sampleChain(900, undefined, 'b') }
    const turns: { readonly stream: string; readonly events: readonly StoredEvent[] }[] = []
    for (let size = 1, at = 0; at < 1_300; at += size, size = (size * 3) % 97) {
      turns.push({ stream: 'ledger-a', events: chains['ledger-a'].slice(at, at + size) })
      turns.push({ stream: 'ledger-b', events: chains['ledger-b'].slice(at, at + size) })
    }
    const foreign = { id: '00000000-0000-5000-8000-000000000000', type: 'Odd', revision: 0, hash: 'f', body: '{"a":1}' }
    turns.splice(3, 0, { stream: 'other', events: [foreign, { ...sampleEvent(foreign), hash: 'g' }] })
    return turns.filter(({ events }) => events.length > 0)
  }

  const everything = async () => {
    const store = openEmbeddedStore(directory)
    const all = await collect(store.readAll('', undefined))
    const streams = await Promise.all(['ledger-a', 'ledger-b', 'other'].map((name) => collect(store.read(name, 0))))
    const lasts = await Promise.all(['ledger-a', 'ledger-b', 'other'].map((name) => store.last(name)))
    const from = await collect(store.read('ledger-a', 777))
    const after = await collect(store.readAll('ledger-', String(1_111)))
    await store.close()
    return { all, streams, lasts, from, after }
  }

  it('is read as it is, and its bytes stay what they are', async () => {
    const turns = history()
    writeFirstLayout(directory, turns)
    const before = readFileSync(file())
    const { all, streams, lasts, from } = await everything()
    expect(all.map(written)).toEqual(turns.flatMap(({ events }) => events))
    expect(streams.map((events) => events.length)).toEqual([1_300, 900, 2])
    expect(lasts.map((event) => event?.revision)).toEqual([1_299, 899, 1])
    expect(from).toEqual(streams[0]?.slice(777))
    expect(readFileSync(file()).equals(before)).toBe(true)
  })

  it("is given today's by its first append, and every event stays what it was, where it was", async () => {
    writeFirstLayout(directory, history())
    const before = await everything()
    const store = openEmbeddedStore(directory)
    const last = before.lasts[0]
    expect(await store.append('ledger-a', [sampleEvent(last)], 1_299)()).toEqual(right(1_300))
    await store.close()
    expect(layout()).toBe(2)
    expect(tables()).toEqual(['appends'])
    const after = await everything()
    expect(after.all.slice(0, -1)).toEqual(before.all)
    expect(after.streams.map((events, i) => events.slice(0, before.streams[i]?.length))).toEqual(before.streams)
    expect(after.from.slice(0, -1)).toEqual(before.from)
    expect(after.after.slice(0, -1)).toEqual(before.after)
    expect(after.all.at(-1)?.position).toBe(String(before.all.length + 1))
  })

  it('says how far it is, at the latest when it is done, and nothing where there is nothing to do', async () => {
    writeFirstLayout(directory, history())
    const heard: (readonly [number, number])[] = []
    const migrating = (done: number, total: number) => void heard.push([done, total])
    for (const revision of [0, 1]) {
      const store = openEmbeddedStore(directory, { migrating })
      const events = sampleChain(1, revision === 0 ? undefined : sampleChain(1, undefined, 'new')[0], 'new')
      expect(await store.append('ledger-new', events, revision - 1)()).toEqual(right(revision))
      await store.close()
    }
    expect(heard).toEqual([[2_202, 2_202]])
  })

  it('keeps positions that leave some out', async () => {
    writeFirstLayout(directory, [{ stream: 'ledger-a', events: sampleChain(20) }])
    const database = new Database(file())
    database.exec('UPDATE events SET position = position + 1000 WHERE position > 7')
    database.close()
    const before = await everything()
    const store = openEmbeddedStore(directory)
    expect(await store.append('ledger-b', sampleChain(1), noStream)()).toEqual(right(0))
    await store.close()
    expect(before.all.map(({ position }) => Number(position)).slice(5, 9)).toEqual([6, 7, 1_008, 1_009])
    expect((await everything()).all.slice(0, -1)).toEqual(before.all)
  })

  it('knows a retry of what was appended before it was given another, wherever its rows begin now', async () => {
    const chain = sampleChain(300)
    writeFirstLayout(directory, [{ stream: 'ledger-a', events: chain }])
    const store = openEmbeddedStore(directory)
    const [first, ...rest] = chain.slice(7, 250)
    if (first === undefined) throw new Error('a chain of 300')
    expect(await store.append('ledger-a', [first, ...rest], 6)()).toEqual(right(249))
    expect(await store.append('ledger-a', sampleChain(2, chain[6], 'other'), 6)()).toEqual(
      left({ tag: 'conflict', actual: 299 }),
    )
    expect((await collect(store.read('ledger-a', 0))).map(written)).toEqual(chain)
    await store.close()
  })

  it('is read on by who had opened it before another process gave it another', async () => {
    const chain = sampleChain(1_200)
    writeFirstLayout(directory, [{ stream: 'ledger-a', events: chain }])
    const reader = openEmbeddedStore(directory, { poll_ms: 5 })
    const [following, seen] = [reader.follow('ledger-', undefined, new AbortController().signal), [] as StoredEvent[]]
    const writer = openEmbeddedStore(directory)
    for await (const event of following) {
      seen.push(written(event))
      if (seen.length === 100)
        expect(await writer.append('ledger-a', sampleChain(3, chain.at(-1)), 1_199)()).toEqual(right(1_202))
      if (seen.length === 1_203) break
    }
    expect(seen).toEqual([...chain, ...sampleChain(3, chain.at(-1))])
    expect((await take(reader.read('ledger-a', 1_201), 2)).map(written)).toEqual(seen.slice(1_201))
    for (const store of [reader, writer]) await store.close()
  })

  it('is whole, of one layout or the other, however often it is killed while it is given the new one', async () => {
    const chain = sampleChain(20_000)
    writeFirstLayout(directory, [{ stream: 'ledger-main', events: chain }])
    const logged_bytes = () => statSync(`${file()}-wal`, { throwIfNoEntry: false })?.size ?? 0
    const layouts: unknown[] = []
    for (const enough_bytes of [1, 3_000_000, 6_000_000, 9_000_000]) {
      if (layouts.includes(2)) break
      const writer = runScript(join(__dirname, 'write.script.ts'), directory, 'ledger-main', '')
      while (logged_bytes() < enough_bytes && writer.lines.length === 0)
        await new Promise((resolve) => setTimeout(resolve, 2))
      writer.kill()
      await writer.ended
      layouts.push(layout())
      const store = openEmbeddedStore(directory)
      const events = await collect(store.read('ledger-main', 0))
      expect(events.slice(0, 20_000).map(written)).toEqual(chain)
      expect(events.length).toBeGreaterThan(Number(writer.lines.at(-1) ?? 0))
      await store.close()
    }
    expect(layouts[0]).toBe(1)
    const store = openEmbeddedStore(directory)
    const last = await store.last('ledger-main')
    expect(await store.append('ledger-main', [sampleEvent(last)], last?.revision ?? noStream)()).toMatchObject({
      _tag: 'Right',
    })
    expect((await take(store.read('ledger-main', 0), 20_000)).map(written)).toEqual(chain)
    await store.close()
    expect(layout()).toBe(2)
  }, 120_000)
})
