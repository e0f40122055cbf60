import type { Book } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import { failingBus } from '../kit/failing-bus'
import { ownedTime } from '../kit/owned-time'
import { openMemoryStore } from '../store/embedded/embedded-store'
import type { Checkpoints, Followed } from './checkpoints'
import { askedBy, crewIn, react, unanswered } from './crew'
import { answered, greeter, history, memoryBus, publish, record } from './kit/feed'
import { deliveriesOn, recordsOn } from './kit/records'
import { solo, soloCrew } from './kit/solo'
import { type LiveReactors, runReactors } from './live-reactors'

const minute_ms = 60_000

/** A greeter in a pool of one account, in which nothing happens but what the test lets happen, in time that it owns. */
const world = (instead: Partial<LiveReactors<Book>> = {}) => {
  const { scheduler, goOn } = ownedTime()
  const store = openMemoryStore()
  const bus = memoryBus()
  const stop = new AbortController()
  const own = { ...solo(greeter), pools: ['main'], group: 'greeter', store, bus, scheduler }
  const begin = async (): Promise<void> => {
    await record(store, history(1))
    await publish(bus, history(1))
    running = runReactors({ ...own, ...instead }, stop.signal)
    await goOn(1_000)
  }
  let running: Promise<void> = Promise.resolve()
  return {
    ...{ store, bus, goOn, begin },
    ended: () => running,
    end: async (): Promise<void> => {
      stop.abort()
      await running
    },
    asked: async (): Promise<readonly Command[]> =>
      (await recordsOn(bus, topics.commands)).map((text) => JSON.parse(text)),
  }
}

const idsOf = (commands: readonly Command[]): readonly string[] => commands.map(({ id }) => id)

describe('an ask without outcome, in a pool in which nothing happens', () => {
  it('is asked anew when a minute has passed, once more a minute later, and always as the same command', async () => {
    const { begin, goOn, asked, end } = world()
    await begin()
    const [first] = await asked()
    await goOn(minute_ms - 2_000)
    expect(await asked()).toEqual([first])
    await goOn(minute_ms / 3)
    expect(await asked()).toEqual([first, first])
    await goOn(minute_ms + minute_ms / 3)
    expect(await asked()).toEqual([first, first, first])
    await end()
  })

  it('is not, once it has its outcome', async () => {
    const { store, bus, begin, goOn, asked, end } = world()
    await begin()
    const [first] = await asked()
    const events = answered(history(1), first)
    await record(store, events)
    await publish(bus, events)
    await goOn(10 * minute_ms)
    expect(idsOf(await asked())).not.toHaveLength(0)
    expect(idsOf(await asked()).filter((id) => id === first?.id)).toHaveLength(1)
    await end()
  })

  it('waits while the store is ahead of the feed: its outcome may be on its way', async () => {
    const { store, begin, goOn, asked, end } = world()
    await begin()
    const [first] = await asked()
    await record(store, answered(history(1), first))
    await goOn(10 * minute_ms)
    expect(await asked()).toEqual([first])
    await end()
  })

  it('is caused by the last event, where others have come since that changed no answer', async () => {
    const { store, bus, begin, goOn, asked, end } = world()
    await begin()
    await record(store, history(2).slice(1))
    await publish(bus, history(2).slice(1))
    await goOn(2 * minute_ms)
    const last = history(2).at(-1)?.id
    const [a0, a1, ...again] = await asked()
    expect([a0, a1].map((command) => command?.data)).toMatchObject([{ account: 'a-0' }, { account: 'a-1' }])
    expect(again[0]).toMatchObject({ data: { account: 'a-0' }, causationId: last })
    expect(again[1]).toEqual(a1)
    await end()
  })

  it('is forgotten where it is not due any more', async () => {
    let isDue = true
    const reactor = { ...greeter, due: (book: Book) => (isDue ? greeter.due(book) : []) }
    const kept: string[][] = []
    const keep: Checkpoints<Book>['flush'] = async (_, { crew }) => void kept.push([...unanswered(crew)])
    const checkpoints = { load: async () => undefined, save: async () => undefined, flush: keep }
    const { begin, goOn, asked, end } = world({ ...solo(reactor), checkpoints })
    await begin()
    isDue = false
    await goOn(10 * minute_ms)
    expect(await asked()).toHaveLength(1)
    await end()
    expect(kept).toEqual([[]])
  })

  it('is asked anew by the next life too, which found at its place that it was asked', async () => {
    const before = soloCrew(greeter)
    for (const event of history(1)) react(greeter, before, event)
    const place: Followed<Book> = {
      crew: crewIn([greeter], before.state, askedBy(before)),
      revision: 0,
      hash: history(1)[0]?.metadata.hash ?? '',
    }
    const checkpoints = { load: async () => place, save: async () => undefined, flush: async () => undefined }
    const { begin, goOn, asked, end } = world({ checkpoints })
    await begin()
    expect(await asked()).toEqual([])
    await goOn(2 * minute_ms)
    expect(idsOf(await asked())).toEqual(unanswered(before))
    await end()
  })

  it('that the bus refused for good is asked until the bus takes it', async () => {
    let isRefusing = true
    const bus = memoryBus()
    const letters = () => deliveriesOn(bus, topics.deadLetters)
    const broken = failingBus(bus, (topic) => (isRefusing && topic === topics.commands ? 'refused' : undefined))
    const { store, goOn, begin, end } = world({ bus: broken })
    await begin()
    await goOn(minute_ms + minute_ms / 3)
    expect(await letters()).toHaveLength(2)
    isRefusing = false
    await goOn(minute_ms + minute_ms / 3)
    expect(await recordsOn(bus, topics.commands)).toHaveLength(1)
    expect((await store.last('ledger-main'))?.revision).toBe(0)
    await end()
  })

  it('is not asked of another history: where the store holds another event there, the service stops', async () => {
    const restored = openMemoryStore()
    await record(restored, history(1, 'restored'))
    let isRestored = false
    const store = openMemoryStore()
    const swapped = { ...store, last: (stream: string) => (isRestored ? restored : store).last(stream) }
    await record(store, history(1))
    const { begin, goOn, ended } = world({ store: swapped })
    await begin()
    const ending = expect(ended()).rejects.toMatchObject({ name: 'Halted', reason: 'fork' })
    isRestored = true
    await goOn(2 * minute_ms)
    await ending
  })
})
