import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { folderShelf } from '@novation/audit'
import { type Book, emptyPool, follow, type Processed, process } from '@novation/clearing'
import {
  type Command,
  decodeCommand,
  encodeEvent,
  type LedgerEvent,
  parseCommand,
  streamOf,
  topics,
} from '@novation/events'
import {
  bury,
  eventMessage,
  meshTopics,
  openMemoryBus,
  openMemoryStore,
  openSpool,
  systemScheduler,
} from '@novation/platform'
import { begins, marketOf, type Sent } from '@novation/platform/kit'
import { workOn } from '../jobs/work'
import { answerPast } from '../moments/ask-past'
import { type GatewayService, runGateway } from '../service'

const scheduler = systemScheduler

/** What somebody wants, as a command of the small market. */
export const wish = ([type, data, actor = 'operator', second]: Sent, id: string): Command => {
  const at = new Date(begins + (second ?? 0) * 1000).toISOString()
  const command = decodeCommand({ id, type, pool: 'main', at, data }, actor)
  if (command._tag === 'Left') throw new Error(command.left.reason)
  return command.right
}

/**
 * A ledger for tests: decides, appends and publishes what comes on the bus, one command after the other, at the time the
 * command says. What it turns away it buries.
 */
export const openHouse = () => {
  const store = openMemoryStore()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler })
  const book: Book = emptyPool('main')
  const stop = new AbortController()

  const decide = async (command: Command): Promise<Processed> => {
    const expected = book.revision
    const outcome = process(book, command, Date.parse(command.at ?? '') || book.at)
    if (outcome.tag !== 'decided') return outcome
    const [first, ...rest] = outcome.events.map(encodeEvent)
    if (first === undefined) throw new Error('nothing was decided')
    const appended = await store.append(streamOf('main'), [first, ...rest], expected)()
    if (appended._tag === 'Left') throw new Error(appended.left.tag)
    for (const stored of [first, ...rest]) await bus.publish(topics.events, [eventMessage(stored)])()
    return outcome
  }

  /** A history that was decided elsewhere. */
  const happened = async (events: readonly LedgerEvent[]): Promise<void> => {
    const [first, ...rest] = events.map(encodeEvent)
    if (first === undefined) return
    const appended = await store.append(streamOf('main'), [first, ...rest], -1)()
    if (appended._tag === 'Left') throw new Error(appended.left.tag)
    for (const event of events) void follow(book, event)
  }

  let sent = 0
  /** Decides these one after the other, each a second later. */
  const happen = async (...wishes: readonly Sent[]): Promise<void> => {
    for (const [type, data, actor, second] of wishes) {
      sent += 1
      await decide(wish([type, data, actor ?? 'operator', second ?? sent], `c-${sent}`))
    }
  }

  /** From now on what is sent is decided. `busy` keeps it from that as long as it says. */
  const lead = (busy: () => Promise<void> = async () => undefined): Promise<void> =>
    bus.subscribe(
      { topic: topics.commands, group: 'ledger', from: 'beginning' },
      async (batch) => {
        await busy()
        for (const record of batch) {
          const command = parseCommand(record.value.toString(), 'nobody')
          if (command._tag === 'Left') {
            await bury(
              { bus, scheduler },
              [{ record, reason: { code: 'malformed', text: command.left.reason } }],
              stop.signal,
            )
            continue
          }
          const outcome = await decide(command.right)
          if (outcome.tag === 'refused')
            await bury(
              { bus, scheduler },
              [{ record, reason: { code: outcome.code, text: outcome.reason } }],
              stop.signal,
            )
        }
        return batch.length
      },
      stop.signal,
    )

  const open: Promise<unknown>[] = []
  const folder = mkdtempSync(join(tmpdir(), 'novation-jobs-'))
  const spool = openSpool(folder)

  /** A gateway of this house, once it answers. */
  const serve = async (more: Partial<GatewayService> = {}): Promise<string> => {
    const url = await new Promise<string>((resolve, reject) => {
      const running = runGateway(
        {
          pools: ['main'],
          group: `gateway-${open.length}`,
          store,
          bus,
          scheduler,
          listen: { host: '127.0.0.1', port: 0 },
          askPast: answerPast({
            whose: (pool) => (from) => store.read(streamOf(pool), from),
            shelf: folderShelf('/nowhere'),
            reacting: () => [],
            now: scheduler.now,
          }),
          jobs: {
            spool,
            run: workOn({ store, snapshots: '/nowhere', reacting: () => [], spool }),
          },
          ...more,
          report: { ...more.report, listening: resolve },
        },
        stop.signal,
      )
      open.push(running)
      void running.catch(reject)
    })
    return `${url}/v1/pools`
  }

  const close = async (): Promise<void> => {
    stop.abort()
    await Promise.all(open)
    await bus.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }

  return { store, bus, book, decide, happen, happened, lead, serve, close }
}

/** The small market of the kit, and a third who has nothing to do with it. */
export const market: readonly Sent[] = marketOf('alice', 'bob', 'carol')

/** An answer, read to its end. */
export const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(url, { headers })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) }
}
