import {
  type Command,
  currentVersion,
  developmentKey,
  formatTime,
  genesis,
  type LedgerEvent,
  type Quote,
  sealEvent,
  signQuote,
  streamOf,
  topics,
} from '@novation/events'
import { type Bus, meshTopics, openMemoryBus, openMemoryStore, quiet, type Scheduler } from '@novation/platform'
import { failingBus } from '@novation/platform/kit'
import { runOracle } from './run-oracle'

const begins = Date.parse('2026-04-07T14:30:00Z')

const quote = (source: string, second: number, price: string, base = 'BTC'): Quote =>
  signQuote(
    { source, base, currency: 'USD', at: formatTime(begins + second * 1000), price },
    developmentKey('oracle', `source:${source}`),
  )

type Told = Pick<LedgerEvent, 'type' | 'data'>

const adopted = (domain: string): Told => ({
  type: 'IdentityAdopted',
  data: { domain, keys: [], development: true, commandLife_s: 60, keyDelay_s: 0, recoveryDelay_s: 0 },
})

const renewed = (domain: string): Told => ({ type: 'DomainRenewed', data: { domain } })

/** An index of what so many sources quote of a base. */
const indexOf = (index: string, base: string, ...sources: readonly string[]): Told => ({
  type: 'IndexSet',
  data: {
    terms: {
      ...{ index, base, currency: 'USD', places: 2, quorum: 1, conversions: {}, deviation: '0.05' },
      sources: sources.map((source) => ({ source, weight: 1 })),
      ...{ freshness_ms: 1, tolerance_ms: 1, confirm_ms: 1, confirmMost_ms: 1, slow_ms: 1, epoch_ms: 1 },
      ...{ conversionSpread: '0', off: '0', offSpreads: '1', offShare: '1' },
    },
  } as Told['data'],
})

let readers = 0
/** All that a topic holds, read by a group of its own. */
const textsOn = async (bus: Bus, topic: string): Promise<readonly string[]> => {
  const texts: string[] = []
  const stop = new AbortController()
  readers += 1
  const reading = bus.subscribe(
    { topic, group: `reader-${readers}`, from: 'beginning' },
    async (batch) => {
      texts.push(...batch.map(({ value }) => value.toString()))
      return batch.length
    },
    stop.signal,
  )
  for (let turn = 0; turn < 30; turn += 1) await quiet()
  stop.abort()
  await reading
  return texts
}

/** A carrier that lives several lives: store, bus and time outlive each. */
const world = () => {
  let now = begins
  const slept: number[] = []
  const scheduler: Scheduler = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms)
      now += ms
    },
  }
  const store = openMemoryStore()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler, pause_ms: 1 })
  const revisions = new Map<string, number>()

  const happens = async (pool: string, ...told: readonly Told[]): Promise<void> => {
    for (const { type, data } of told) {
      const revision = (revisions.get(pool) ?? -1) + 1
      revisions.set(pool, revision)
      const metadata = { commandId: 'c', correlationId: 'c', causationId: 'c', actor: 'operator', decider: 1 }
      const { stored } = sealEvent({
        ...{ type, data, pool, revision, at: formatTime(now), postings: [] },
        metadata: { ...metadata, version: currentVersion(type), previousHash: genesis },
      } as unknown as Parameters<typeof sealEvent<LedgerEvent>>[0])
      const outcome = await store.append(streamOf(pool), [stored], revision - 1)()
      if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
    }
  }
  const say = async (...values: readonly (Quote | string)[]): Promise<void> => {
    for (const each of values) {
      const value = typeof each === 'string' ? each : JSON.stringify(each)
      await bus.publish(topics.quotes, [{ key: 's', value, headers: {} }])()
    }
  }
  const deadLettered: string[] = []
  /** One life, which ends by itself once everything that is there has been read, or when it is told. */
  const live = async (
    instead: { bus?: Bus; scheduler?: Scheduler; pools?: readonly string[] } = {},
    stop = new AbortController(),
  ): Promise<void> => {
    const sign = (command: Command, domain: string): Command => ({ ...command, correlationId: domain })
    const report = { deadLettered: ({ code }: { readonly code: string }) => void deadLettered.push(code) }
    const own = { pools: ['main'], store, bus, scheduler, sign, tick_ms: 1_000, move: 0.01, report }
    const running = runOracle({ ...own, ...instead }, stop.signal)
    const settled = running.then(
      () => undefined,
      () => undefined,
    )
    for (let turn = 0; turn < 60; turn += 1) await Promise.race([quiet(), settled])
    stop.abort()
    return running
  }
  /** What was carried: to which pool, for which domain, and which quotes. */
  const carried = async () =>
    (await textsOn(bus, topics.commands)).map((text) => {
      const { pool, correlationId, data } = JSON.parse(text) as Command & { data: { quotes: readonly Quote[] } }
      return `${pool} ${correlationId}: ${data.quotes.map(({ source, price }) => `${source} ${price}`).join(', ')}`
    })
  return {
    bus,
    scheduler,
    slept,
    happens,
    say,
    live,
    carried,
    deadLettered,
    letters: () => textsOn(bus, topics.deadLetters),
  }
}

describe('a carrier', () => {
  it('brings to each pool, for its own domain, what its indices are made of, and nothing else', async () => {
    const { happens, say, live, carried } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a', 'b'))
    await happens('side', adopted('other'), indexOf('ETH-USD', 'ETH', 'a'))
    await say(quote('a', 1, '100'), quote('b', 1, '101'), quote('c', 1, '102'), quote('a', 1, '7', 'ETH'))
    await live({ pools: ['main', 'side', 'open'] })
    expect((await carried()).sort()).toEqual(['main house: a 100, b 101', 'side other: a 7'])
  })

  it('asks the same under the same id, whoever carries it and when, and another thing under another', async () => {
    const asked = async (waits_ms: number, ...quotes: readonly Quote[]) => {
      const { bus, scheduler, happens, say, live } = world()
      await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a', 'b'))
      await scheduler.sleep(waits_ms)
      await say(...quotes)
      await live()
      const [text = ''] = await textsOn(bus, topics.commands)
      return JSON.parse(text) as Command
    }
    const [one, again] = [await asked(0, quote('a', 1, '100')), await asked(5_000, quote('a', 1, '100'))]
    expect(one).toMatchObject({ type: 'PublishQuotes', actor: 'oracle', at: formatTime(begins) })
    expect(one.id).toMatch(/^quotes-[0-9a-f]{32}$/)
    expect([again.id, again.at]).toEqual([one.id, formatTime(begins + 5_000)])
    expect((await asked(0, quote('b', 1, '100'))).id).not.toBe(one.id)
  })

  it('hears of an index and of a domain that came after it began', async () => {
    const { happens, say, live, carried } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a'))
    await say(quote('a', 1, '100'))
    const stop = new AbortController()
    const living = live({}, stop)
    for (let turn = 0; turn < 20; turn += 1) await quiet()
    await happens('main', renewed('next'), indexOf('ETH-USD', 'ETH', 'a'))
    await say(quote('a', 2, '7', 'ETH'))
    await living
    expect(await carried()).toEqual(['main house: a 100', 'main next: a 7'])
  })

  it('waits with what hardly moves until a tick is over, and with what moves for nothing', async () => {
    const { happens, say, live, carried, slept } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a'))
    await say(quote('a', 1, '100'))
    await live()
    expect(slept).toEqual([])
    const stop = new AbortController()
    const living = live({}, stop)
    await say(quote('a', 2, '103'))
    for (let turn = 0; turn < 10; turn += 1) await quiet()
    await say(quote('a', 3, '103.1'))
    for (let turn = 0; turn < 10; turn += 1) await quiet()
    await say(quote('a', 4, '110'))
    await living
    expect(slept).toEqual([1_000])
    expect(await carried()).toEqual([100, 103, 103.1, 110].map((price) => `main house: a ${price}`))
  })

  it('waits with what hardly moves of one source, though another one was carried last', async () => {
    const { happens, say, live, carried, slept } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a', 'b'))
    const living = live()
    for (const each of [quote('a', 1, '100'), quote('b', 1, '101'), quote('a', 2, '100.1')]) {
      await say(each)
      for (let turn = 0; turn < 10; turn += 1) await quiet()
    }
    await living
    expect(slept).toEqual([1_000])
    expect(await carried()).toEqual(['a 100', 'b 101', 'a 100.1'].map((told) => `main house: ${told}`))
  })

  it('sets aside what is no quote', async () => {
    const { say, live, letters, deadLettered } = world()
    await say('{"source":"a"}')
    await live()
    expect([await letters(), deadLettered]).toEqual([['{"source":"a"}'], ['malformed']])
    await live()
    expect(await letters()).toHaveLength(1)
  })
})

describe('a carrier told to stop', () => {
  /** Nothing gets to a topic, and the carrier is told to stop before it tries again. */
  const stoppedAt = (topic: string, { bus, scheduler, live }: ReturnType<typeof world>): Promise<void> => {
    const stop = new AbortController()
    const failing = failingBus(bus, (to) => (to === topic ? 'unavailable' : undefined))
    return live({ bus: failing, scheduler: { ...scheduler, sleep: async () => stop.abort() } }, stop)
  }

  it('has not read what was not on the bus: the next life brings it', async () => {
    const own = world()
    await own.happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a'))
    await own.say(quote('a', 1, '100'))
    await stoppedAt(topics.commands, own)
    expect(await own.carried()).toEqual([])
    await own.live()
    expect(await own.carried()).toEqual(['main house: a 100'])
  })

  it('has not set aside what is no quote: the next life does', async () => {
    const own = world()
    await own.say('nonsense')
    await stoppedAt(topics.deadLetters, own)
    expect([await own.letters(), own.deadLettered]).toEqual([[], []])
    await own.live()
    expect([await own.letters(), own.deadLettered]).toEqual([['nonsense'], ['malformed']])
  })

  it('has not read what still waits for the end of a tick', async () => {
    const { scheduler, happens, say, live, carried } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a'))
    const stop = new AbortController()
    await say(quote('a', 1, '100'))
    const living = live({ scheduler: { ...scheduler, sleep: async () => stop.abort() } }, stop)
    for (let turn = 0; turn < 20; turn += 1) await quiet()
    await say(quote('a', 2, '100.1'))
    await living
    expect(await carried()).toEqual(['main house: a 100'])
    await live()
    expect(await carried()).toEqual(['main house: a 100', 'main house: a 100.1'])
  })
})

describe('a carrier that cannot do its work', () => {
  it('ends where the bus refuses a dead letter, and has not read what it is of', async () => {
    const { bus, say, live, letters } = world()
    await say('nonsense')
    await expect(live({ bus: failingBus(bus, () => 'refused') })).rejects.toMatchObject({ reason: 'refused' })
    await live()
    expect(await letters()).toEqual(['nonsense'])
  })

  it('sets aside a command that the bus refuses', async () => {
    const { bus, happens, say, live, carried, letters, deadLettered } = world()
    await happens('main', adopted('house'), indexOf('BTC-USD', 'BTC', 'a'))
    await say(quote('a', 1, '100'))
    await live({ bus: failingBus(bus, (topic) => (topic === topics.commands ? 'refused' : undefined)) })
    expect([await carried(), deadLettered]).toEqual([[], ['refused']])
    expect((await letters()).map((text) => (JSON.parse(text) as Command).type)).toEqual(['PublishQuotes'])
  })

  it('ends where it cannot read what a history says of indices, and has read no quote', async () => {
    const { happens, say, live, carried } = world()
    await happens('main', adopted('house'), { type: 'IndexSet', data: { terms: 'none' } } as unknown as Told)
    await say(quote('a', 1, '100'))
    await expect(live()).rejects.toMatchObject({ reason: 'broken-history' })
    expect(await carried()).toEqual([])
  })
})
