import { type LedgerEvent, streamOf } from '@novation/events'
import type { RecordedEvent } from '@novation/platform'
import { tick } from '@novation/platform/kit'
import { market, openHouse } from '../kit/house'
import { openEventIds } from './event-ids'

const patience = new AbortController().signal

describe('where an event stands, by its id', () => {
  const house = openHouse()
  const all: RecordedEvent[] = []
  /** From where it was read, each time. */
  const asked: number[] = []
  const reader = (history: readonly Pick<LedgerEvent, 'id' | 'revision'>[]) => () => (from: number) => {
    asked.push(from)
    return history.slice(from) as RecordedEvent[]
  }

  beforeAll(async () => {
    await house.happen(...market, tick('4300'), tick('4400'))
    for await (const event of house.store.read(streamOf('main'), 0)) all.push(event)
  })
  afterAll(() => house.close())
  beforeEach(() => void asked.splice(0))

  const idAt = (revision: number): string => all[revision]?.id ?? ''

  it('is found, each of them, and history is read through for it only once', async () => {
    const find = openEventIds(reader(all))
    const last = all.length - 1
    for (const { id, revision } of all) expect(await find('main', id, last, patience)).toBe(revision)
    expect(asked.filter((from) => from === 0).length).toBeLessThanOrEqual(2)
    expect(await find('main', '00000000-0000-5000-8000-000000000000', last, patience)).toBeUndefined()
  })

  it('is nowhere before it happened, and reading is gone on with where it ended', async () => {
    const find = openEventIds(reader(all))
    expect(await find('main', idAt(9), 5, patience)).toBeUndefined()
    asked.splice(0)
    expect(await find('main', idAt(9), 9, patience)).toBe(9)
    expect(Math.min(...asked)).toBe(5)
    expect(await find('main', idAt(9), 5, patience)).toBeUndefined()
  })

  it('is looked for anew where a restored backup has cut off what was read', async () => {
    const other = all.map((event) =>
      event.revision < 7 ? event : { ...event, id: event.id.replace(/^.{8}/, 'ffffffff') },
    )
    let now: readonly RecordedEvent[] = all
    const find = openEventIds(() => (from) => now.slice(from))
    const last = all.length - 1
    expect(await find('main', idAt(8), last, patience)).toBe(8)
    now = other
    expect(await find('main', idAt(8), last, patience)).toBeUndefined()
    expect(await find('main', other[8]?.id ?? '', last, patience)).toBe(8)
    now = all.slice(0, 4)
    expect(await find('main', idAt(2), 3, patience)).toBe(2)
  })

  it('that was given up is gone on with, and ids that begin alike are told apart', async () => {
    const alike = all.map((event) => ({ ...event, id: `${idAt(0).slice(0, 18)}${event.id.slice(18)}` }))
    const find = openEventIds(reader(alike))
    const over = new AbortController()
    over.abort()
    expect(await find('main', alike[6]?.id ?? '', 8, over.signal)).toBeUndefined()
    expect(await find('main', alike[6]?.id ?? '', 8, patience)).toBe(6)
  })
})
