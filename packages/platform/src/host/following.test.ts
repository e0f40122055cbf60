import type { Book } from '@novation/clearing'
import { type Command, genesis, type LedgerEvent, topics } from '@novation/events'
import { openMemoryStore } from '../store/embedded/embedded-store'
import type { EventStore } from '../store/event-store'
import { systemScheduler } from '../time/scheduler'
import type { Checkpoints, Followed } from './checkpoints'
import { react } from './crew'
import { Halted } from './halt'
import { answered, greeter, history, memoryBus, publish, record } from './kit/feed'
import { deliveriesOn, recordsOn } from './kit/records'
import { solo, soloCrew } from './kit/solo'
import { type LiveReactors, runReactors } from './live-reactors'

/** The place of the greeter after these events. */
const placeAfter = (events: readonly LedgerEvent[]): Followed<Book> => {
  const crew = soloCrew(greeter)
  for (const event of events) react(greeter, crew, event)
  return { crew, revision: events.length - 1, hash: events.at(-1)?.metadata.hash ?? genesis }
}

/** A greeter that lives until everything on the bus has been read; what it was told and did, in order. */
const world = (place?: Followed<Book>) => {
  const did: string[] = []
  const store = openMemoryStore()
  const bus = memoryBus()
  const keep = (verb: string) => async (pool: string, followed: Followed<Book>) =>
    void did.push(`${verb} ${pool} ${followed.revision}`)
  const checkpoints: Checkpoints<Book> = { load: async () => place, save: keep('save'), flush: keep('flush') }
  const report: LiveReactors<Book>['report'] = {
    followed: (_, { revision }) => did.push(`follow ${revision}`),
    asked: (commands) => did.push(`ask ${commands.map(({ data }) => (data as { account: string }).account)}`),
    refilled: (_, from, to) => did.push(`refill ${from} to ${to}`),
    ready: (_, revision) => did.push(`ready ${revision}`),
  }
  const own = { ...solo(greeter), pools: ['main'], group: 'greeter', store, bus, scheduler: systemScheduler }
  const live = async (instead: Partial<LiveReactors<Book>> = {}, afterwards = async (): Promise<void> => undefined) => {
    const stop = new AbortController()
    let isReady = (): void => undefined
    const ready = new Promise<void>((resolve) => {
      isReady = resolve
    })
    const told = {
      ...report,
      ready: (pool: string, revision: number) => {
        report.ready?.(pool, revision)
        isReady()
      },
    }
    const reading = ready
      .then(afterwards)
      .then(() => deliveriesOn(bus, topics.events))
      .then(() => stop.abort())
    await Promise.all([runReactors({ ...own, checkpoints, report: told, ...instead }, stop.signal), reading])
  }
  const commands = async (): Promise<readonly Command[]> =>
    (await recordsOn(bus, topics.commands)).map((text) => JSON.parse(text))
  return { did, store, bus, live, commands, checkpoints }
}

/** What the greeter asks because of the first account. */
const firstAsk = (): Command => {
  const [opened] = history(1)
  const [command] = opened === undefined ? [] : react(greeter, soloCrew(greeter), opened)
  if (command === undefined) throw new Error('nothing is asked')
  return command
}

describe('a reactor that folds what happened while it was away', () => {
  it('asks nothing that was answered meanwhile', async () => {
    const { store, live, did, commands } = world()
    const events = history(2)
    await record(store, [...events, ...answered(events, firstAsk())])
    await live()
    expect((await commands()).map(({ data }) => data)).toMatchObject([{ account: 'a-1' }])
    expect(did.slice(-4)).toEqual(['refill 0 to 2', 'ask a-1', 'ready 2', 'flush main 2'])
  })

  it('asks what is unanswered though somebody else has sent a command of the same id', async () => {
    const { store, live, commands } = world()
    const events = history(1)
    const foreign = { ...firstAsk(), actor: 'venue', type: 'OpenAccount', data: { account: 'b' } } as Command
    await record(store, [...events, ...answered(events, foreign)])
    await live()
    expect((await commands()).map(({ data }) => data)).toMatchObject([{ account: 'a-0' }, { account: 'b' }])
  })

  it('goes on behind its checkpoint, and folds nothing again', async () => {
    const { store, live, did } = world(placeAfter(history(2)))
    await record(store, history(3))
    await live()
    expect(did).toEqual(['follow 2', 'ask a-2', 'ready 2', 'flush main 2'])
  })

  it('stops where its checkpoint is of another history than the store, though that is longer, and asks nothing', async () => {
    const { store, live, did, commands } = world(placeAfter(history(2)))
    await record(store, history(4, 'restored'))
    const ends = live()
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'fork' })
    expect([did, await commands()]).toEqual([[], []])
  })
})

describe('a reactor that follows the feed', () => {
  it('folds a batch, asks together what is due because of it, then keeps its place, and at its end once more', async () => {
    const { store, bus, live, did } = world()
    await live({}, async () => {
      await record(store, history(2))
      await publish(bus, history(2))
    })
    expect(did).toEqual(['ready -1', ...['follow 0', 'follow 1', 'ask a-0,a-1', 'save main 1'], 'flush main 1'])
  })

  it('hands on what it has read of its pools before its place, once', async () => {
    const { store, bus, live, did, checkpoints } = world()
    const hear: Checkpoints<Book>['hear'] = (pool, texts) =>
      void did.push(`hear ${pool} ${texts.map((text) => JSON.parse(text).revision)}`)
    await live({ checkpoints: { ...checkpoints, hear } }, async () => {
      await record(store, history(3))
      await publish(bus, history(2))
      await publish(bus, history(3))
    })
    const told = did.filter((what) => /^(hear|save)/.test(what))
    expect(told.filter((what) => what.startsWith('hear')).join(' ')).toMatch(/^hear main 0,1(,| hear main )2$/)
    expect(told.at(-1)).toBe('save main 2')
  })

  it('ends where its place cannot be kept', async () => {
    const { store, bus, live, checkpoints } = world()
    const save = async (): Promise<void> => {
      throw new Halted('disk-failed', 'the disk is gone')
    }
    const ends = live({ checkpoints: { ...checkpoints, save } }, async () => {
      await record(store, history(1))
      await publish(bus, history(1))
    })
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'disk-failed' })
  })

  it('asks the store once whether the feed is of its history, and no more for what follows or comes twice', async () => {
    const { store, bus, live, did } = world()
    const reads: number[] = []
    const read: EventStore['read'] = (stream, from) => {
      reads.push(from)
      return store.read(stream, from)
    }
    await live({ store: { ...store, read } }, async () => {
      await record(store, history(3))
      await publish(bus, history(3))
      await publish(bus, history(3))
    })
    expect(reads).toEqual([0, 0])
    expect(did.filter((what) => what.startsWith('follow'))).toEqual(['follow 0', 'follow 1', 'follow 2'])
  })

  it('knows a fork as far back as it remembers: 1,024 events', async () => {
    const { store, bus, live } = world()
    await record(store, history(1_025))
    const quiet = { ...greeter, due: () => [] }
    const ends = live(solo(quiet), () => publish(bus, history(3, 'forged').slice(1, 2)))
    await expect(ends).rejects.toMatchObject({ reason: 'fork', message: expect.stringContaining('another hash') })
  })

  it('passes over what is of a pool that others follow', async () => {
    const { store, bus, live, did } = world()
    await record(store, history(2))
    await live({ pools: ['other'] }, () => publish(bus, history(2)))
    expect(did).toEqual(['ready -1', 'flush other -1'])
  })
})

describe('what a batch of the feed leaves undone', () => {
  it('is that from the first which could not be set aside, and not what was done before it', async () => {
    const { bus, live } = world()
    const garbage = (value: string) => ({ key: 'main', value, headers: {} })
    await bus.publish(topics.events, [garbage('this'), garbage('that'), garbage('these')])()
    const letters = async () => recordsOn(bus, topics.deadLetters)
    const refusing: typeof bus = {
      ...bus,
      publish: (topic, messages) =>
        messages.some(({ value }) => String(value) === 'that')
          ? async () => ({ _tag: 'Left', left: { tag: 'refused', reason: 'not that' } })
          : bus.publish(topic, messages),
    }
    await expect(live({ bus: refusing })).rejects.toMatchObject({ reason: 'refused' })
    expect(await letters()).toEqual(['this'])
    await live()
    expect(await letters()).toEqual(['this', 'that', 'these'])
  })
})
