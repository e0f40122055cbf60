import type { Message, PublishError } from '../bus/bus'
import { failingBus } from '../kit/failing-bus'
import type { Scheduler } from '../time/scheduler'
import { memoryBus } from './kit/feed'
import { recordsOn } from './kit/records'
import { publishInOrder, publishSurely } from './publish-surely'

const topic = 'novation.commands'
const message = (value: string): Message => ({ key: 'main', value, headers: {} })

/** Publications that come to this, one after the other, and then go well; `slept` is told of each back-off. */
const publishing = (
  faults: readonly (PublishError['tag'] | undefined)[],
  slept = (_ms: number): void => undefined,
  publishBy = publishSurely,
) => {
  let tries = 0
  const inner = memoryBus()
  const bus = failingBus(inner, () => faults[tries++])
  const scheduler: Scheduler = {
    now: () => 0,
    sleep: async (ms, signal) => {
      if (signal?.aborted !== true) slept(ms)
    },
  }
  const publish = (signal: AbortSignal, ...values: readonly [string, ...string[]]) => {
    const [first, ...rest] = values
    return publishBy(bus, scheduler, topic, [message(first), ...rest.map(message)], signal)
  }
  return { publish, tries: () => tries, onBus: () => recordsOn(inner, topic) }
}

const forever = new AbortController().signal

describe('publishing surely', () => {
  it('tries again until the bus has it, after waits that double', async () => {
    const waits: number[] = []
    const { publish, onBus } = publishing(['unavailable', 'unavailable'], (ms) => waits.push(ms))
    expect(await publish(forever, 'a', 'b')).toEqual({ tag: 'sent' })
    expect(waits).toEqual([50, 100])
    expect(await onBus()).toEqual(['a', 'b'])
  })

  it('sends again what may have been lost: at least once, never less', async () => {
    const { publish, onBus } = publishing(['unknown'])
    expect(await publish(forever, 'a')).toEqual({ tag: 'sent' })
    expect(await onBus()).toEqual(['a', 'a'])
  })

  it('says that it was stopped, and not that it is done, where it is told to stop within a back-off', async () => {
    const stop = new AbortController()
    const { publish, tries, onBus } = publishing(['unavailable'], () => stop.abort())
    expect(await publish(stop.signal, 'a')).toEqual({ tag: 'stopped' })
    expect(tries()).toBe(1)
    expect(await onBus()).toEqual([])
  })

  it('publishes nothing where it was told to stop before', async () => {
    const { publish, onBus } = publishing([])
    expect(await publish(AbortSignal.abort(), 'a')).toEqual({ tag: 'stopped' })
    expect(await onBus()).toEqual([])
  })

  it('names what the bus refuses for good, and why', async () => {
    const { publish } = publishing(['refused'])
    expect(await publish(forever, 'a')).toEqual({
      tag: 'refused',
      refused: [{ message: message('a'), reason: 'the test says: refused' }],
    })
  })

  it('sends the neighbours of what is refused, in their order, and names each that is', async () => {
    const { publish, onBus } = publishing(['refused', undefined, 'refused', 'unavailable', undefined, 'refused'])
    const published = await publish(forever, 'a', 'b', 'c', 'd')
    expect(published.tag === 'refused' && published.refused.map(({ message: { value } }) => value)).toEqual(['b', 'd'])
    expect(await onBus()).toEqual(['a', 'c'])
  })

  it('does not refuse a batch of which each part is taken alone', async () => {
    const { publish, onBus } = publishing(['refused'])
    expect(await publish(forever, 'a', 'b')).toEqual({ tag: 'sent' })
    expect(await onBus()).toEqual(['a', 'b'])
  })

  it('says that it was stopped where it is told so while it tries each alone, whatever was refused before', async () => {
    const stop = new AbortController()
    const { publish, onBus } = publishing(['refused', 'refused', 'unavailable'], () => stop.abort())
    expect(await publish(stop.signal, 'a', 'b', 'c')).toEqual({ tag: 'stopped' })
    expect(await onBus()).toEqual([])
  })
})

describe('publishing in order', () => {
  it('sends nothing after what is refused: no gap ever comes before it', async () => {
    const { publish, onBus } = publishing(['refused', undefined, 'refused'], undefined, publishInOrder)
    const published = await publish(forever, 'a', 'b', 'c')
    expect(published.tag === 'refused' && published.refused.map(({ message: { value } }) => value)).toEqual(['b'])
    expect(await onBus()).toEqual(['a'])
  })
})
