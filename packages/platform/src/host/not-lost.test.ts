import { copyOf, judge, openSnapshot, takeSnapshot } from '@novation/clearing'
import { type Command, topics } from '@novation/events'
import type { DeadReason } from '../bus/dead-letter'
import { failingBus } from '../kit/failing-bus'
import { openMemoryStore } from '../store/embedded/embedded-store'
import { type Scheduler, systemScheduler } from '../time/scheduler'
import type { Checkpoints, Followed } from './checkpoints'
import { askedBy, crewIn } from './crew'
import { greeter, history, memoryBus, publish, record } from './kit/feed'
import { deliveriesOn, recordsOn } from './kit/records'
import { solo } from './kit/solo'
import { type LiveReactors, runReactors } from './live-reactors'

type Pool = ReturnType<typeof greeter.initial>

const accountsOf = (commands: readonly string[]): readonly string[] =>
  commands.map((text) => (JSON.parse(text) as Command & { data: { account: string } }).data.account)

/** Where a reactor stands, whatever it reads later. */
const asOfNow = ({ crew, ...place }: Followed<Pool>): Followed<Pool> => ({
  ...place,
  crew: { ...crewIn([greeter], judge(copyOf(crew.state)), askedBy(crew)), groupEnd: crew.groupEnd },
})

/** A world in which a reactor lives several lives: the store, the bus and its place outlive each. */
const world = () => {
  const store = openMemoryStore()
  const bus = memoryBus()
  let place: Followed<Pool> | undefined
  const keep = async (_: string, followed: Followed<Pool>): Promise<void> => {
    place = asOfNow(followed)
  }
  const load = async () => (place === undefined ? undefined : asOfNow(place))
  const checkpoints: Checkpoints<Pool> = { load, save: keep, flush: keep }
  const deadLettered: DeadReason[] = []
  const asked: string[] = []
  const reactor = { ...greeter, snapshot: { write: takeSnapshot, read: openSnapshot } }
  /** One life, until `stop`, with these ports in place of the sound ones. */
  const live = (stop: AbortController, instead: Partial<LiveReactors<Pool>> = {}): Promise<void> =>
    runReactors(
      {
        ...{ ...solo(reactor), pools: ['main'], group: 'greeter', store, bus, scheduler: systemScheduler, checkpoints },
        report: {
          deadLettered: (reason) => deadLettered.push(reason),
          asked: (commands) => asked.push(...accountsOf(commands.map((command) => JSON.stringify(command)))),
        },
        ...instead,
      },
      stop.signal,
    )
  /** A life that ends by itself once everything on the bus has been read. */
  const liveOn = async (instead: Partial<LiveReactors<Pool>> = {}): Promise<void> => {
    const stop = new AbortController()
    const reading = deliveriesOn(bus, topics.events).then(() => stop.abort())
    await Promise.all([live(stop, instead), reading])
  }
  /** A scheduler in whose first back-off the service is told to stop. */
  const stoppedInBackOff = (stop: AbortController): Scheduler => ({
    now: () => 0,
    // What is longer than any back-off is not one.
    sleep: async (ms, signal) => (ms > 5_000 ? systemScheduler.sleep(ms, signal) : stop.abort()),
  })
  return {
    ...{ store, bus, live, liveOn, stoppedInBackOff, deadLettered, asked },
    place: () => place?.revision,
    commands: async () => accountsOf(await recordsOn(bus, topics.commands)),
    letters: () => deliveriesOn(bus, topics.deadLetters),
  }
}

const garbage = { key: 'main', value: 'no event', headers: {} } as const

describe('a reactor told to stop within a back-off', () => {
  it('has not folded a history whose asks were not on the bus: the next life asks them', async () => {
    const { store, bus, live, liveOn, stoppedInBackOff, place, commands, asked } = world()
    await liveOn()
    await record(store, history(1))
    await publish(bus, history(1))
    const stop = new AbortController()
    await live(stop, { bus: failingBus(bus, () => 'unavailable'), scheduler: stoppedInBackOff(stop) })
    expect([place(), asked, await commands()]).toEqual([-1, [], []])
    await liveOn()
    expect([place(), asked, await commands()]).toEqual([0, ['a-0'], ['a-0']])
  })

  it.each([
    ['followed an event of the feed', 1],
    ['refilled a gap', 3],
  ])('has not %s whose asks were not on the bus', async (_, count) => {
    const { store, bus, live, liveOn, stoppedInBackOff, place, commands } = world()
    await liveOn()
    const stop = new AbortController()
    const happens = async (): Promise<void> => {
      await record(store, history(count))
      await publish(bus, history(count).slice(-1))
    }
    const broken = { bus: failingBus(bus, () => 'unavailable'), scheduler: stoppedInBackOff(stop) }
    await live(stop, { ...broken, report: { ready: () => void happens() } })
    expect([place(), await commands()]).toEqual([-1, []])
    await liveOn()
    expect(place()).toBe(count - 1)
    expect(await commands()).toEqual(['a-0', 'a-1', 'a-2'].slice(0, count))
  })

  it('has not set aside what is no event: it comes again', async () => {
    const { bus, live, liveOn, stoppedInBackOff, deadLettered, letters } = world()
    await bus.publish(topics.events, [garbage])()
    const stop = new AbortController()
    await live(stop, { bus: failingBus(bus, () => 'unavailable'), scheduler: stoppedInBackOff(stop) })
    expect([deadLettered, await letters()]).toEqual([[], []])
    await liveOn()
    expect(deadLettered).toMatchObject([{ code: 'malformed' }])
    expect((await letters()).map(({ value }) => String(value))).toEqual(['no event'])
  })
})

describe('a reactor whose ask the bus refuses for good', () => {
  const refusing = (account: string) => (topic: string, messages: readonly { readonly value: string | Buffer }[]) =>
    topic === topics.commands && messages.some(({ value }) => String(value).includes(`"${account}"`))
      ? ('refused' as const)
      : undefined

  it('sets it aside with the reason, and asks the rest', async () => {
    const { store, bus, liveOn, place, commands, letters, deadLettered, asked } = world()
    await record(store, history(3))
    await liveOn({ bus: failingBus(bus, refusing('a-1')) })
    expect(asked).toEqual(['a-0', 'a-2'])
    expect(await commands()).toEqual(['a-0', 'a-2'])
    expect(deadLettered).toEqual([{ code: 'refused', text: 'the test says: refused' }])
    const [letter, ...more] = await letters()
    expect(more).toEqual([])
    expect(accountsOf([String(letter?.value)])).toEqual(['a-1'])
    expect(letter?.headers).toMatchObject({ dead_reason: 'refused', dead_topic: topics.commands })
    expect(place()).toBe(2)
  })

  it('says nothing of having asked where nothing was sent', async () => {
    const { store, bus, liveOn, asked } = world()
    const calls: number[] = []
    await record(store, history(1))
    const report = { asked: (commands: readonly Command[]) => calls.push(commands.length) }
    await liveOn({ bus: failingBus(bus, refusing('a-0')), report })
    expect([calls, asked]).toEqual([[], []])
  })

  it('stops for good where it cannot be set aside either, and the event has not been followed', async () => {
    const { store, bus, liveOn, place } = world()
    await liveOn()
    await record(store, history(1))
    const ends = liveOn({ bus: failingBus(bus, () => 'refused') })
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'refused' })
    expect(place()).toBe(-1)
  })
})

describe('a record of the feed that is no event', () => {
  it('stops the reactor where its dead letter is refused, and comes again in the next life', async () => {
    const { bus, liveOn, letters, deadLettered } = world()
    await bus.publish(topics.events, [garbage])()
    const ends = liveOn({ bus: failingBus(bus, () => 'refused') })
    await expect(ends).rejects.toMatchObject({ reason: 'refused' })
    expect(deadLettered).toEqual([])
    await liveOn()
    expect(await letters()).toHaveLength(1)
    expect(deadLettered).toHaveLength(1)
  })
})
