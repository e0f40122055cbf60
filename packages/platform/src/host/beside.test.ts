import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Book, openSnapshot, takeSnapshot } from '@novation/clearing'
import { encodeEvent, published } from '@novation/events'
import type { Disk } from '../disk/disk'
import { openMemoryDisk } from '../disk/memory-disk'
import { openMemoryStore } from '../store/embedded/embedded-store'
import type { EventStore } from '../store/event-store'
import { answerBeside, besideIn, writeBeside } from './beside'
import { type Beside, type Followed, fileCheckpoints } from './checkpoints'
import { askedBy, react } from './crew'
import { Halted } from './halt'
import { greeter, history, record } from './kit/feed'
import { solo, soloCrew } from './kit/solo'
import type { Place } from './place-file'
import type { Reactor } from './reactor'

const kept: Reactor<Book> = { ...greeter, snapshot: { write: takeSnapshot, read: openSnapshot } }
const places = { directory: '/data', name: kept.name }
const file = '/data/operator-main.json'

/** Where the reactor stands after so many events. */
const after = (count: number): Followed<Book> => {
  const events = history(count)
  const crew = soloCrew(kept)
  for (const event of events) react(kept, crew, event)
  return { crew, revision: count - 1, hash: events.at(-1)?.metadata.hash ?? '' }
}

const checkpointsOn = (disk: Disk, beside?: Beside, unwritten?: (reason: string) => void) =>
  fileCheckpoints({
    ...places,
    ...solo(kept),
    every: 1,
    passedOver: () => undefined,
    disk,
    ...(beside === undefined ? {} : { beside }),
    ...(unwritten === undefined ? {} : { unwritten }),
  })

const storeOf = async (count: number) => {
  const store = openMemoryStore()
  await record(store, history(count))
  return store
}

/** One that writes when it is told to. */
const held = (write: (place: Place) => Promise<number>) => {
  const asked: Place[] = []
  const closed: true[] = []
  const beside: Beside = {
    hand: () => undefined,
    write: (_, place) => {
      asked.push(place)
      return write(place)
    },
    close: async () => void closed.push(true),
  }
  return { beside, asked, closed }
}

describe('a checkpoint that is written beside', () => {
  it('is to the byte what the service would have written itself, from nothing and from the one before', async () => {
    const [own, other] = [openMemoryDisk().mount(), openMemoryDisk().mount()]
    const { write } = writeBeside({ ...places, fold: kept, store: await storeOf(7), disk: other })
    const life = { ...checkpointsOn(own) }
    for (const count of [3, 5, 7]) {
      const followed = after(count)
      await life.flush('main', followed)
      let place: Place | undefined
      const { beside } = held(async (one) => {
        place = one
        return write({ pool: 'main', place: one })
      })
      await checkpointsOn(other, beside).save('main', followed)
      for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
      expect(place?.revision).toBe(count - 1)
      expect(await other.read(file)).toBe(await own.read(file))
    }
    const next = writeBeside({ ...places, fold: kept, store: await storeOf(7), disk: other })
    const { revision, hash, crew } = after(7)
    const place = { revision, hash, groupEnd: crew.groupEnd, mayChangeAnswers: crew.mayChangeAnswers, asked: {} }
    expect(await next.write({ pool: 'main', place })).toBeGreaterThan(0)
  })

  it('holds nobody up: one at a time is written, and the last one a service writes itself', async () => {
    const disk = openMemoryDisk().mount()
    const { beside, asked, closed } = held(() => new Promise(() => undefined))
    const life = checkpointsOn(disk, beside)
    for (const count of [2, 3, 4]) await life.save('main', after(count))
    expect(asked.map(({ revision }) => revision)).toEqual([1])
    expect(await disk.read(file)).toBeUndefined()
    await life.flush('main', after(4))
    expect(closed).toEqual([true])
    expect((await checkpointsOn(disk).load('main'))?.revision).toBe(3)
  })

  it('ends the service where the disk fails, with the next event; what else goes wrong is said, and tried again', async () => {
    const disk = openMemoryDisk().mount()
    const said: string[] = []
    const dies = held(async () => {
      throw new Error('the thread ended with code 1')
    })
    const life = checkpointsOn(disk, dies.beside, (reason) => said.push(reason))
    for (const count of [2, 3]) {
      await life.save('main', after(count))
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    }
    expect(said).toEqual(['the thread ended with code 1', 'the thread ended with code 1'])

    const full = held(async () => {
      throw new Halted('disk-failed', 'the disk is full')
    })
    const ending = checkpointsOn(disk, full.beside)
    await ending.save('main', after(2))
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    await expect(ending.save('main', after(3))).rejects.toThrow('the disk is full')
  })

  it('is folded from what was handed on, and the store is read for what was not', async () => {
    const disk = openMemoryDisk().mount()
    const store = await storeOf(9)
    const reads: number[] = []
    const read: EventStore['read'] = (stream, from) => {
      reads.push(from)
      return store.read(stream, from)
    }
    const answer = answerBeside(writeBeside({ ...places, fold: kept, store: { ...store, read }, disk }))
    const hand = (from: number, to: number, seed?: string) =>
      answer({
        pool: 'main',
        texts: history(to, seed)
          .slice(from)
          .map(encodeEvent)
          .map((event) => published(event).text),
      })
    const own = openMemoryDisk().mount()
    const writeAt = async (count: number) => {
      const followed = after(count)
      const { revision, hash } = followed
      const { groupEnd, mayChangeAnswers } = followed.crew
      const place = { revision, hash, groupEnd, mayChangeAnswers, asked: askedBy(followed.crew) }
      expect(await answer({ pool: 'main', place })).toMatchObject({ length: expect.any(Number) })
      await checkpointsOn(own).flush('main', followed)
      expect(await disk.read(file)).toBe(await own.read(file))
    }
    // Before the first place nobody knows what is handed on would follow on.
    await hand(0, 2)
    await writeAt(2)
    expect(reads).toEqual([0])
    await hand(0, 4)
    expect(await hand(4, 5)).toEqual({ taken: true })
    await writeAt(5)
    expect(reads).toEqual([0])
    for (const [from, to, seed] of [
      [5, 6],
      [7, 8],
      [6, 7, 'another'],
    ] as const)
      await hand(from, to, seed)
    await answer({ pool: 'main', texts: ['no event'] })
    await writeAt(8)
    expect(reads).toEqual([0, 6])
    await hand(8, 9)
    await writeAt(9)
    expect(reads).toEqual([0, 6])
  })

  it('is none of another history, and is begun anew where one was met', async () => {
    const disk = openMemoryDisk().mount()
    const { write } = writeBeside({ ...places, fold: kept, store: await storeOf(5), disk })
    const at = (count: number, hash?: string) => {
      const { revision, crew, hash: own } = after(count)
      const { groupEnd, mayChangeAnswers } = crew
      return write({ pool: 'main', place: { revision, hash: hash ?? own, groupEnd, mayChangeAnswers, asked: {} } })
    }
    await expect(at(3, 'another')).rejects.toThrow('another event')
    await expect(at(9)).rejects.toThrow('another event')
    expect(await at(4)).toBeGreaterThan(0)
  })

  it('says of a disk that fails why, as a thread hands it on', async () => {
    const disk = openMemoryDisk().mount({ fault: () => 'EIO' })
    const answer = answerBeside(writeBeside({ ...places, fold: kept, store: await storeOf(3), disk }))
    const { revision, hash } = after(3)
    const place = { revision, hash, groupEnd: revision, mayChangeAnswers: false, asked: {} }
    expect(await answer({ pool: 'main', place })).toMatchObject({ halted: 'disk-failed' })
    const fails = answerBeside({ take: () => undefined, write: () => Promise.reject(new Error('else')) })
    await expect(fails({ pool: 'main', place })).rejects.toThrow('else')
  })
})

describe('the thread that writes places down', () => {
  const script = join(tmpdir(), `novation-beside-${process.pid}.js`)
  const room = (path: string): string => JSON.stringify(join(__dirname, path))
  const work = `
require(${room('../../../testing/register.js')})
const { answerThread } = require(${room('../process/thread.ts')})
let chars = 0
answerThread(() => async ({ texts }) => {
  if (texts === undefined) return { length: chars }
  for (const text of texts) chars += text.length
  return { taken: true }
})
`
  beforeAll(() => writeFileSync(script, work))
  afterAll(() => rmSync(script))

  it('hears what is followed from its first place on, and no more at once than may wait', async () => {
    const beside = besideIn(script, {})
    const { revision, hash } = after(1)
    const place = { revision, hash, groupEnd: revision, mayChangeAnswers: false, asked: {} }
    beside.hand('main', ['before'])
    expect(await beside.write('main', place)).toBe(0)
    for (let turn = 0; turn < 20; turn += 1) beside.hand('main', ['ten', 'letters'])
    beside.hand('main', ['x'.repeat(33 * 1024 * 1024)])
    expect(await beside.write('main', place)).toBe(200)
    await beside.close()
  })
})
