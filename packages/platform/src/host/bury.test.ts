import { topics } from '@novation/events'
import type { PublishError } from '../bus/bus'
import { failingBus } from '../kit/failing-bus'
import { bury, type Dead } from './bury'
import { memoryBus } from './kit/feed'
import { deliveriesOn } from './kit/records'

const dead = (value: string): Dead => ({
  record: { topic: 'novation.commands', key: 'main', value, headers: {}, partition: 0, offset: '7', timestamp_ms: 1 },
  reason: { code: 'malformed', text: `${value} is no command` },
})

/** Buries these where publications come to this, one after the other, and then go well. */
const burying = async (them: readonly Dead[], ...faults: readonly (PublishError['tag'] | undefined)[]) => {
  const inner = memoryBus()
  const stop = new AbortController()
  const reported: string[] = []
  let tries = 0
  const undertaker = {
    bus: failingBus(inner, () => faults[tries++]),
    scheduler: { now: () => 0, sleep: async () => stop.abort() },
    report: { deadLettered: ({ text }: Dead['reason']) => reported.push(text) },
  }
  const outcome = await bury(undertaker, them, stop.signal).catch((error: unknown) => error)
  return { outcome, reported, tries, letters: await deliveriesOn(inner, topics.deadLetters) }
}

describe('a record that cannot be processed', () => {
  it('is done with once its dead letter is acknowledged, and told of then', async () => {
    const { outcome, reported, letters } = await burying([dead('a'), dead('b')])
    expect(outcome).toBe('done')
    expect(reported).toEqual(['a is no command', 'b is no command'])
    expect(letters.map(({ value, headers }) => [String(value), headers.dead_text])).toEqual([
      ['a', 'a is no command'],
      ['b', 'b is no command'],
    ])
  })

  it('is not done with, nor told of, where the service is told to stop within a back-off', async () => {
    const { outcome, reported, letters } = await burying([dead('a')], 'unavailable')
    expect([outcome, reported, letters]).toEqual(['stopped', [], []])
  })

  it('stops the service where the bus refuses its dead letter: nobody else would keep it', async () => {
    const { outcome, reported } = await burying([dead('a'), dead('b')], 'refused', undefined, 'refused')
    expect(outcome).toMatchObject({
      name: 'Halted',
      reason: 'refused',
      message: expect.stringMatching(/^1 of 2 dead letters/),
    })
    expect(reported).toEqual([])
  })

  it('is none: nothing is published', async () => {
    const { outcome, tries } = await burying([])
    expect([outcome, tries]).toEqual(['done', 0])
  })
})
