import { streamOf, topics } from '@novation/events'
import { runLedger } from '@novation/ledger'
import { meshTopics, openMemoryBus, openMemoryStore, systemScheduler } from '@novation/platform'
import { answersTo, expected, siege } from './kit/attacks'
import { deadLettersOf } from './kit/dead-letters'

describe('attacks on a signed pool, embedded', () => {
  it('are turned away one by one, each with its reason, and leave alone what is right', async () => {
    const { begun, refused, rejected } = siege('main', 'd0', systemScheduler.now())
    const bus = openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler })
    const store = openMemoryStore()
    const stop = new AbortController()
    const running = runLedger({ pools: ['main'], store, bus, scheduler: systemScheduler }, stop.signal)
    const texts = [...begun.map((each) => JSON.stringify(each)), ...[...refused, ...rejected].map(({ text }) => text)]
    for (const value of texts) await bus.publish(topics.commands, [{ key: 'main', value, headers: {} }])()
    const dead = await deadLettersOf(bus, 'main', refused.length)
    expect(answersTo(refused, dead)).toEqual(expected(refused))
    const codes: string[] = []
    for await (const { body } of store.read(streamOf('main'), 0)) {
      const { type, data } = JSON.parse(body)
      codes.push(type === 'CommandRejected' ? data.code : 'accepted')
    }
    expect(codes).toEqual([...begun.map(() => 'accepted'), ...rejected.map(({ code }) => code)])
    stop.abort()
    await running
    await bus.close()
  })
})
