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

  it('refuses a group that reads another topic, and a topic that is not there', async () => {
    const bus = openMemoryBus({ ...options, topics })
    const reader = read(bus, { topic: 'one', group: 'g', from: 'beginning' })
    await expect(read(bus, { topic: 'two', group: 'g', from: 'beginning' }).ended).rejects.toThrow('group g reads one')
    await expect(read(bus, { topic: 'three', group: 'h', from: 'beginning' }).ended).rejects.toThrow('no topic three')
    await reader.stop()
    await bus.close()
  })
})
