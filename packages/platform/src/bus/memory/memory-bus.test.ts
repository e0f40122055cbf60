import { systemScheduler } from '../../time/scheduler'
import { busContract } from '../bus-contract'
import { eventually, group, message, numbered, published, range, read } from '../contract/fixture'
import { openMemoryBus } from './memory-bus'

const options = { scheduler: systemScheduler, pause_ms: 30 }
const topics = [
  { topic: 'one', partitions: 1, maxRecord_bytes: 1_000 },
  { topic: 'two', partitions: 2, maxRecord_bytes: 1_000 },
]

busContract('the bus in memory', async (specs) => {
  const bus = openMemoryBus({ ...options, topics: specs })
  return { bus, another: async () => bus, close: () => bus.close() }
})

describe('the bus in memory', () => {
  it('has no time of its own: what was not done comes again when the given scheduler says', async () => {
    let now = 0
    const due: (() => void)[] = []
    const sleep = () => new Promise<void>((wake) => due.push(wake))
    const bus = openMemoryBus({ topics, scheduler: { now: () => now++, sleep } })
    let done = 0
    const reader = read(bus, group('one', 'a'), async () => done)
    await published(bus, 'one', [message('k', 'v')])
    await eventually(() => due.length === 1, 'the first try, and its pause')
    expect(reader.batches).toHaveLength(1)
    done = 1
    for (const wake of due) wake()
    await eventually(() => reader.batches.length === 2, 'the second try')
    expect(reader.deliveries.map(({ timestamp_ms }) => timestamp_ms)).toEqual([0, 0])
    await bus.close()
  })

  it('calls its pauses off when the last member of a group leaves', async () => {
    const signals: (AbortSignal | undefined)[] = []
    const sleep = async (_: number, signal?: AbortSignal) => {
      signals.push(signal)
      await new Promise(() => undefined)
    }
    const bus = openMemoryBus({ topics, scheduler: { now: () => 0, sleep } })
    const reader = read(bus, group('one', 'a'), async () => 0)
    await published(bus, 'one', [message('k', 'v')])
    await eventually(() => signals.length === 1, 'the first try, and its pause')
    await reader.stop()
    expect(signals[0]?.aborted).toBe(true)
    const next = read(bus, group('one', 'a'))
    await next.has(1)
    await bus.close()
  })

  it('does not let a full partition starve the others', async () => {
    const bus = openMemoryBus({ ...options, topics, maxBatch: 1 })
    await published(bus, 'two', numbered(0, 20, 8))
    const reader = read(bus, group('two', 'a'))
    await reader.has(20)
    await bus.close()
    const partitions = reader.deliveries.map(({ partition }) => partition)
    expect(partitions.slice(0, 6)).toEqual([0, 1, 0, 1, 0, 1])
  })

  it('keeps what a group still wants, and forgets the rest but for the newest', async () => {
    const bus = openMemoryBus({ ...options, topics, retain: 10 })
    const slow = read(bus, group('one', 'slow'), async () => 0)
    for (let n = 0; n < 100; n++) await published(bus, 'one', [message('k', String(n))])
    await slow.stop()
    const all = read(bus, group('one', 'slow'))
    await all.has(100)
    expect(all.values()).toEqual(range(0, 100))
    await published(bus, 'one', [message('k', '100')])
    const late = read(bus, group('one', 'late'))
    await eventually(() => late.values().includes('100'), 'the newest')
    await bus.close()
    expect(late.values()).toEqual(range(91, 101))
    expect(late.deliveries[0]?.offset).toBe('91')
  })

  it('lets whoever publishes wait while a group that reads is so far behind, and loses and reorders nothing', async () => {
    const bus = openMemoryBus({ ...options, topics, waiting: { one: 3 }, maxBatch: 2 })
    let isOpen = false
    let open: () => void = () => undefined
    const opened = new Promise<void>((resolve) => {
      open = () => {
        isOpen = true
        resolve()
      }
    })
    const reader = read(bus, group('one', 'a'), async (batch) => {
      await opened
      return batch.length
    })
    let sent = 0
    const sending = (async () => {
      for (let n = 0; n < 50; n += 1) {
        await published(bus, 'one', [message('k', String(n))])
        sent += 1
        if (!isOpen) expect(sent).toBeLessThanOrEqual(3)
      }
    })()
    await eventually(() => sent === 3, 'three are taken')
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    expect(sent).toBe(3)
    await published(bus, 'two', numbered(0, 10, 2))
    open()
    await sending
    await reader.has(50)
    expect(reader.values()).toEqual(range(0, 50))
    await bus.close()
  })

  it('lets nobody wait for a group that nobody reads for any more, nor once it is closed', async () => {
    const bus = openMemoryBus({ ...options, topics, waiting: { one: 1 } })
    const never = new Promise<number>(() => undefined)
    const stuck = read(bus, group('one', 'a'), () => never)
    await published(bus, 'one', [message('k', '0')])
    const second = bus.publish('one', [message('k', '1')])()
    const third = bus.publish('one', [message('k', '2')])()
    void bus.close().then(() => undefined)
    expect(await Promise.all([second, third])).toMatchObject([
      { left: { tag: 'unavailable' } },
      { left: { tag: 'unavailable' } },
    ])
    void stuck
    const other = openMemoryBus({ ...options, topics, waiting: { one: 1 } })
    const reader = read(other, group('one', 'a'), async () => 0)
    await published(other, 'one', [message('k', '0')])
    const waits = other.publish('one', [message('k', '1')])()
    await reader.stop()
    expect((await waits)._tag).toBe('Right')
    await other.close()
  })

  it('refuses a group that reads another topic, and a topic that is not there', async () => {
    const bus = openMemoryBus({ ...options, topics })
    const reader = read(bus, { topic: 'one', group: 'g', from: 'beginning' })
    await expect(read(bus, { topic: 'two', group: 'g', from: 'beginning' }).ended).rejects.toThrow('group g reads one')
    await expect(read(bus, { topic: 'three', group: 'h', from: 'beginning' }).ended).rejects.toThrow('no topic three')
    await reader.stop()
    await bus.close()
  })
})
