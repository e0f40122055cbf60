import { emptyPool, follow } from '@novation/clearing'
import { encodeEvent, streamOf } from '@novation/events'
import { openMemoryStore } from '@novation/platform'
import { alone, tick } from '@novation/platform/kit'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { market } from '../kit/house'
import { openCourse } from '../series/course'
import { wholePool } from '../series/pool-course'
import { locateSpot } from './locate'
import { openRing } from './ring'

const events = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(...market, tick('4100'))
const last = events.length - 1

/** A gateway whose book goes back by nothing: whatever is asked of it is looked up in the store. */
const headOfAll = async () => {
  const store = openMemoryStore()
  await store.append(streamOf('main'), events.map(encodeEvent) as unknown as NonEmptyArray<never>, -1)()
  const book = emptyPool('main')
  for (const event of events) void follow(book, event)
  const head = { book, ring: openRing(book), course: openCourse(wholePool), pending: [], groupEnd: last }
  return (at: number) => locateSpot(store, head, { tag: 'time', at })
}

describe('a moment that lies further back than is remembered', () => {
  it('is the last event at or before its time', async () => {
    const located = await headOfAll()
    for (const { at } of events) {
      const revision = events.findLastIndex((one) => one.at <= at)
      expect(await located(Date.parse(at))).toMatchObject({
        right: { revision, hash: events[revision]?.metadata.hash },
      })
      const before = events.findLastIndex((one) => one.at < at)
      expect(await located(Date.parse(at) - 1)).toMatchObject(
        before < 0 ? { left: { code: 'bad-position' } } : { right: { revision: before } },
      )
    }
  })

  it('is the end where nothing came after it', async () =>
    expect(await (await headOfAll())(Date.parse(events[last]?.at ?? '') + 1)).toMatchObject({
      right: { revision: last },
    }))
})
