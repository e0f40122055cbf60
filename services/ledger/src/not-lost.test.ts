import { topics } from '@novation/events'
import { type Bus, type EventStore, openMemoryStore } from '@novation/platform'
import { failingBus } from '@novation/platform/kit'
import { left } from 'fp-ts/Either'
import { deadLetters, handClock, ledgerOf, memoryBus, open, recordsOf } from './kit/world'
import { runLedger } from './service'

/** A world in which a ledger lives several lives on one store and one bus. */
const world = () => {
  const { scheduler, goOn } = handClock(1_000_000)
  const store = openMemoryStore()
  const bus = memoryBus(scheduler)
  const deadLettered: string[] = []
  const published: number[] = []
  const report = {
    deadLettered: ({ code }: { readonly code: string }) => deadLettered.push(code),
    published: (_: string, revision: number) => published.push(revision),
  }
  /** One life, told to stop after so long. */
  const live = async (
    ms: number,
    instead: { readonly bus?: Bus; readonly store?: EventStore } = {},
    meanwhile = async (): Promise<void> => undefined,
  ): Promise<void> => {
    const stop = new AbortController()
    let ended = false
    const end = (): void => {
      ended = true
    }
    const living = runLedger({ pools: ['main'], store, bus, scheduler, report, ...instead }, stop.signal)
    void living.then(end, end)
    await goOn(1)
    await meanwhile()
    await goOn(ms)
    stop.abort()
    await goOn(1)
    if (!ended) throw new Error('the ledger was told to stop and goes on')
    await living
  }
  const send = async (...values: readonly unknown[]): Promise<void> => {
    for (const value of values) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      const sent = await bus.publish(topics.commands, [{ key: 'main', value: text, headers: {} }])()
      if (sent._tag === 'Left') throw new Error(sent.left.reason)
    }
  }
  const letters = async () => (await deadLetters(bus)).map(({ value }) => value)
  const events = async () => (await recordsOf(bus, topics.events)).map(({ headers }) => headers.ce_type)
  return { store, bus, live, send, letters, events, deadLettered, published }
}

/** Fails what is published to this topic, and that alone. */
const failing = (bus: Bus, topic: string, tag: 'unavailable' | 'refused', having = ''): Bus =>
  failingBus(bus, (to, messages) =>
    to === topic && messages.some(({ value }) => String(value).includes(having)) ? tag : undefined,
  )

/** A store that takes only so many appends to this stream, and then none. */
const takingNone = (store: EventStore, stream: string, taken = 0): EventStore => {
  let appends = 0
  return {
    ...store,
    append: (to, events, expected) =>
      to === stream && appends++ >= taken
        ? async () => left({ tag: 'unavailable', reason: 'the store is away' })
        : store.append(to, events, expected),
  }
}

describe('a command that cannot be taken', () => {
  it('is not done with while its dead letter waits: a ledger told to stop meanwhile takes it again', async () => {
    const { store, bus, live, send, letters, deadLettered } = world()
    await send(open('alice'), 'no command')
    await live(1_000, { bus: failing(bus, topics.deadLetters, 'unavailable') })
    expect([await letters(), deadLettered]).toEqual([[], []])
    expect(await ledgerOf(store)).toHaveLength(1)
    await live(1_000)
    expect([await letters(), deadLettered]).toEqual([['no command'], ['malformed']])
    expect(await ledgerOf(store)).toHaveLength(1)
  })

  it('comes again too where nothing came before it', async () => {
    const { bus, live, send, letters } = world()
    await send('no command')
    await live(1_000, { bus: failing(bus, topics.deadLetters, 'unavailable') })
    expect(await letters()).toEqual([])
    await live(1_000)
    expect(await letters()).toEqual(['no command'])
  })

  it('stops the ledger where its dead letter is refused for good, and comes again', async () => {
    const { store, bus, live, send, letters, deadLettered } = world()
    await send(open('alice'), 'no command')
    const ends = live(1_000, { bus: failing(bus, topics.deadLetters, 'refused') })
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'refused' })
    expect([await letters(), deadLettered]).toEqual([[], []])
    await live(1_000)
    expect([await letters(), deadLettered]).toEqual([['no command'], ['malformed']])
    expect(await ledgerOf(store)).toHaveLength(1)
  })

  it('stops the ledger too where only part of a batch of dead letters is refused', async () => {
    const { bus, live, send, letters } = world()
    await send('not this', 'nor that', { ...open('bob'), pool: 'other' })
    const ends = live(1_000, { bus: failing(bus, topics.deadLetters, 'refused', 'nor') })
    await expect(ends).rejects.toMatchObject({ reason: 'refused' })
    await live(1_000)
    expect(new Set(await letters())).toEqual(
      new Set(['not this', 'nor that', JSON.stringify({ ...open('bob'), pool: 'other' })]),
    )
  })
})

describe('a command that is not in the store yet', () => {
  it('is not done with where the ledger is told to stop while the store is away: the next life takes it', async () => {
    const { store, live, send, letters } = world()
    await send(open('alice'))
    const ends = live(1_000, { store: takingNone(store, 'ledger-main') })
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'stopped' })
    expect(await ledgerOf(store)).toEqual([])
    await live(1_000)
    expect((await ledgerOf(store)).map(({ metadata: { commandId } }) => commandId)).toEqual(['open-alice'])
    expect(await letters()).toEqual([])
  })

  it('does not hide why the ledger stopped: the first reason is told, not what it interrupted', async () => {
    const { store, bus, live, send } = world()
    let asked = 0
    const late = failingBus(bus, (topic) =>
      topic === topics.events ? (asked++ < 3 ? 'unavailable' : 'refused') : undefined,
    )
    await send(open('alice'))
    const ends = live(1_000, { bus: late, store: takingNone(store, 'ledger-main', 1) }, () => send(open('bob')))
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'refused' })
    await live(1_000)
    expect(await ledgerOf(store)).toHaveLength(2)
  })
})

describe('an event that is not on the bus yet', () => {
  it('is published by the next life where the ledger is told to stop while the bus is away', async () => {
    const { bus, live, send, events, published } = world()
    await send(open('alice'))
    await live(1_000, { bus: failing(bus, topics.events, 'unavailable') })
    expect([await events(), published]).toEqual([[], []])
    await live(1_000)
    expect([await events(), published]).toEqual([['AccountOpened'], [0]])
  })

  it('stops the ledger where the bus refuses it for good: none may come after it', async () => {
    const { bus, live, send, events, published } = world()
    await send(open('alice'), open('bob'))
    const ends = live(1_000, { bus: failing(bus, topics.events, 'refused', 'open-alice') })
    await expect(ends).rejects.toMatchObject({ name: 'Halted', reason: 'refused' })
    expect([await events(), published]).toEqual([[], []])
    await live(1_000)
    expect([await events(), published]).toEqual([['AccountOpened', 'AccountOpened'], [1]])
  })

  it('keeps no ledger from stopping whose store does not take the checkpoint of the relay', async () => {
    const { store, live, send, events, published } = world()
    await send(open('alice'))
    await live(1_000, { store: takingNone(store, 'relay-main') })
    expect([await events(), published]).toEqual([['AccountOpened'], []])
    await live(1_000)
    expect([await events(), published]).toEqual([['AccountOpened', 'AccountOpened'], [0]])
  })
})
