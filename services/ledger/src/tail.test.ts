import { type EventStore, noStream, openMemoryStore } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import { madeOf } from './kit/stored'
import { handClock, open, settle } from './kit/world'
import { openTail } from './tail'

const count = 5_000
const { made } = madeOf(Array.from({ length: count }, (_, i) => open(`a${i}`)))
const stored = made.flatMap((whole) => whole.stored)

/** What the first so many weigh. */
const charsOf = (some: number): number => stored.slice(0, some).reduce((sum, { body }) => sum + body.length, 0)

const never = new AbortController().signal

/** A store that holds the first so many events and takes more, and from where each reading of it began. */
const storeOf = async (held: number) => {
  const inner = openMemoryStore()
  let last = noStream
  const grow = async (to: number): Promise<void> => {
    const events = stored.slice(last + 1, to)
    if (isNonEmpty(events)) await inner.append('ledger-main', events, last)()
    last = to - 1
  }
  await grow(held)
  const readings: number[] = []
  const read: EventStore['read'] = (stream, from) => {
    readings.push(from)
    return inner.read(stream, from)
  }
  return { store: { ...inner, read }, readings, grow }
}

const opened = async (held = 0, signal = never, after?: number, most_chars?: number) => {
  const there = await storeOf(held)
  const { scheduler, goOn } = handClock()
  return { ...there, goOn, scheduler, tail: openTail(there.store, 'main', scheduler, signal, after, most_chars) }
}

const revisions = (events: readonly { readonly revision: number }[]) => events.map(({ revision }) => revision)

describe('the tail of a history', () => {
  it('is read from the store to its end, so many at a time, in one reading', async () => {
    const { tail, readings } = await opened(7)
    expect(revisions(await tail.next(3))).toEqual([0, 1, 2])
    expect(revisions(await tail.next(3))).toEqual([3, 4, 5])
    expect(revisions(await tail.next(3))).toEqual([6])
    expect(await tail.next(3)).toEqual([])
    expect(readings).toEqual([0, 7])
  })

  it('is what was handed, and the store is not asked, while its reader keeps up', async () => {
    const { tail, readings } = await opened()
    for (let at = 0; at < 10; at += 2) {
      tail.handed(stored.slice(at, at + 2))
      expect(revisions(await tail.next(100))).toEqual([at, at + 1])
      expect(await tail.next(100)).toEqual([])
    }
    tail.handed(stored.slice(10, 12))
    tail.handed(stored.slice(12, 14))
    expect(revisions(await tail.next(3))).toEqual([10, 11, 12])
    expect(revisions(await tail.next(3))).toEqual([13])
    expect(readings).toEqual([])
  })

  it('comes out of memory one by one, too', async () => {
    const { tail, readings } = await opened()
    tail.handed(stored.slice(0, 3))
    for (const revision of [0, 1, 2]) expect(revisions(await tail.next(1))).toEqual([revision])
    expect(readings).toEqual([])
  })

  it('is read from the store up to what was handed, and from there out of memory', async () => {
    const { tail, readings } = await opened(6)
    tail.handed(stored.slice(4, 6))
    expect(revisions(await tail.next(3))).toEqual([0, 1, 2])
    tail.handed(stored.slice(6, 8))
    expect(revisions(await tail.next(100))).toEqual([3, 4, 5])
    expect(revisions(await tail.next(100))).toEqual([6, 7])
    expect(readings).toEqual([0])
  })

  it('loses nothing where more is handed than may wait: the rest comes from the store', async () => {
    const { tail, grow, readings } = await opened(0, never, undefined, charsOf(4_000))
    await grow(count)
    for (let at = 0; at < count; at += 50) tail.handed(stored.slice(at, at + 50))
    const read: number[] = []
    for (let events = await tail.next(700); events.length > 0; events = await tail.next(700))
      read.push(...revisions(events))
    expect(read).toEqual(revisions(stored))
    expect(readings).toEqual([4_000])
  })

  it('comes out of memory again as soon as its reader has read in the store what could not wait', async () => {
    const { tail, grow, readings } = await opened(0, never, undefined, charsOf(1_000))
    await grow(count)
    for (let at = 0; at < 1_500; at += 100) tail.handed(stored.slice(at, at + 100))
    expect(revisions(await tail.next(2_000))).toEqual(revisions(stored.slice(0, 1_000)))
    tail.handed(stored.slice(1_500, 1_600))
    for (let at = 1_000; at < 1_500; at += 250)
      expect(revisions(await tail.next(250))).toEqual(revisions(stored.slice(at, at + 250)))
    tail.handed(stored.slice(1_600, 1_700))
    expect(revisions(await tail.next(150))).toEqual(revisions(stored.slice(1_500, 1_650)))
    expect(revisions(await tail.next(150))).toEqual(revisions(stored.slice(1_650, 1_700)))
    expect(readings).toEqual([1_000])
  })

  it('has no gap where more was handed again after some could not wait', async () => {
    const { tail, grow } = await opened(0, never, undefined, charsOf(4_000))
    await grow(count)
    const read: number[] = []
    const readOn = async (some: number): Promise<void> => void read.push(...revisions(await tail.next(some)))
    for (let at = 0; at < 4_500; at += 100) tail.handed(stored.slice(at, at + 100))
    for (let turn = 0; turn < 3; turn += 1) await readOn(1_000)
    for (let at = 4_500; at < count; at += 100) tail.handed(stored.slice(at, at + 100))
    while (read.length < count) await readOn(1_000)
    expect(read).toEqual(revisions(stored))
  })

  it('goes on where it is moved to, back or forth', async () => {
    const { tail } = await opened(8)
    expect(revisions(await tail.next(2))).toEqual([0, 1])
    tail.moveTo(5)
    expect(revisions(await tail.next(2))).toEqual([6, 7])
    tail.handed(stored.slice(8, 10))
    tail.moveTo(2)
    expect(revisions(await tail.next(1))).toEqual([3])
    expect(revisions(await tail.next(100))).toEqual([4, 5, 6, 7])
    expect(revisions(await tail.next(100))).toEqual([8, 9])
  })

  it('begins after the revision that it is opened with', async () => {
    const { tail } = await opened(3, never, 1)
    expect(revisions(await tail.next(100))).toEqual([2])
  })

  it('does not let its reader rest where something was handed while the store was read', async () => {
    const { tail, goOn } = await opened()
    const reading = tail.next(100)
    tail.handed(stored.slice(0, 1))
    expect(await reading).toEqual([])
    let isAwake = false
    void tail.wait(100).then(() => {
      isAwake = true
    })
    await settle()
    expect(isAwake).toBe(true)
    expect(revisions(await tail.next(100))).toEqual([0])
    await goOn(0)
  })

  it('lets its reader rest until something is handed, or so long at most, or until the end', async () => {
    const stop = new AbortController()
    const { tail, goOn } = await opened(0, stop.signal)
    const woken: string[] = []
    const wait = (why: string) => void tail.wait(100).then(() => woken.push(why))
    wait('handed')
    await settle()
    expect(woken).toEqual([])
    tail.handed(stored.slice(0, 1))
    await settle()
    expect(revisions(await tail.next(100))).toEqual([0])
    wait('long enough')
    await goOn(99)
    expect(woken).toEqual(['handed'])
    await goOn(1)
    wait('told to end')
    stop.abort()
    await settle()
    wait('ended before')
    await settle()
    expect(woken).toEqual(['handed', 'long enough', 'told to end', 'ended before'])
  })
})
