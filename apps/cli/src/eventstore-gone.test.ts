import { streamOf, topics } from '@novation/events'
import { openLedger, openTail, runLedger, runRelay } from '@novation/ledger'
import { meshTopics, openEventStoreDb, openMemoryBus, systemScheduler } from '@novation/platform'
import { type EventStoreDbServer, startEventStoreDb } from '@novation/testing'
import { exitCodes } from './exit-code'
import { endingOf } from './live/ending'
import { testWorld } from './test-world'

const world = testWorld()
const stream = streamOf('main')
const never = new AbortController().signal
let server: EventStoreDbServer

const opening = (account: string) =>
  ({ id: account, type: 'OpenAccount', pool: 'main', actor: 'venue', data: { account } }) as const

const opened = () => openEventStoreDb(server.connectionString)

/** What somebody writes to a stream's metadata, past every right there may be. */
const metadata = (name: string, data: object | string) => {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  const event = { id: crypto.randomUUID(), type: '$metadata', isJson: true, metadata: new Uint8Array() }
  server.log.append(`$$${name}`, 'any', [{ ...event, data: Buffer.from(text) }])
}

beforeEach(async () => {
  server = await startEventStoreDb()
  const store = opened()
  const writer = await openLedger('main', store, systemScheduler, never)
  await writer.submit(['alice', 'bob', 'carol'].map(opening))
  await store.close()
})
afterEach(() => server.stop())

const misdeeds: readonly (readonly [string, () => unknown, RegExp])[] = [
  ['deleted', () => server.log.remove(stream, 'any'), /ledger-main was deleted\b/],
  ['cut', () => metadata(stream, { $tb: 2 }), /hides the events before 2 \(\$tb is 2\)/],
  ['held to a count', () => metadata(stream, { $maxCount: 1 }), /shows only its last 1/],
  [
    'held to an age',
    () => {
      metadata(stream, { $maxAge: 60 })
      for (const record of server.log.stream(stream)?.records ?? []) Object.assign(record, { created_ms: 0 })
    },
    /younger than 60 s/,
  ],
  ['deleted for ever', () => server.log.tombstone(stream, 'any'), /was deleted for ever/],
  [
    'deleted and written anew',
    () => {
      const [first] = server.log.stream(stream)?.records ?? []
      server.log.remove(stream, 'any')
      if (first !== undefined) server.log.append(stream, 'no-stream', [{ ...first, id: crypto.randomUUID() }])
    },
    /was deleted and then written anew/,
  ],
]

describe('a ledger in EventStoreDB that was', () => {
  it.each(misdeeds)(
    '%s ends `verify` and `solvency` with exit code 3 and a sentence of its own',
    async (_, harm, says) => {
      harm()
      for (const command of ['verify', 'solvency'])
        for (const pool of [[], ['--pool=main']]) {
          const { code, err } = await world.take([command, `--eventstore=${server.connectionString}`, ...pool])
          expect({ code, err }).toEqual({ code: exitCodes.mismatch, err: expect.stringMatching(says) })
          expect(err).toMatch(/what to do: nothing was written; \w+/)
        }
    },
  )

  it.each(misdeeds)('%s ends the ledger service with exit code 3, and nothing is written', async (_, harm, says) => {
    harm()
    const stands = server.log.all.length
    const [store, bus] = [opened(), openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler })]
    const value = JSON.stringify(opening('dave'))
    await bus.publish(topics.commands, [{ key: 'main', value, headers: {} }])()
    const ended = await runLedger({ pools: ['main'], store, bus, scheduler: systemScheduler }, never).catch(endingOf)
    expect(ended).toEqual({ code: exitCodes.mismatch, message: expect.stringMatching(says) })
    expect(server.log.all.length).toBe(stands)
    await bus.close()
    await store.close()
  })

  it.each(misdeeds)('%s ends a relay with exit code 3, and nothing is published', async (_, harm, says) => {
    harm()
    const [store, bus] = [opened(), openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler })]
    const relay = { pool: 'main', store, bus, scheduler: systemScheduler }
    const ended = await runRelay(relay, openTail(store, 'main', systemScheduler, never), never).catch(endingOf)
    expect(ended).toEqual({ code: exitCodes.mismatch, message: expect.stringMatching(says) })
    expect(server.count('relay-main')).toBe(0)
    await bus.close()
    await store.close()
  })

  it('deleted is well again once its events are brought back', async () => {
    server.log.remove(stream, 'any')
    const connection = `--eventstore=${server.connectionString}`
    expect((await world.take(['doctor', connection])).out).toMatch(/wrong +ledger-main, its history: .* --bring-back/)
    expect((await world.take(['doctor', connection, '--bring-back'])).code).toBe(exitCodes.ok)
    expect((await world.take(['verify', connection])).code).toBe(exitCodes.ok)
  })
})
