import { type Book, emptyPool, evolve, follow, judge, process } from '@novation/clearing'
import { type Command, encodeEvent, type LedgerEvent, streamOf, topics } from '@novation/events'
import type { Either } from 'fp-ts/Either'
import type { Bus } from '../../bus/bus'
import { openMemoryBus } from '../../bus/memory/memory-bus'
import { meshTopics } from '../../bus/topics'
import type { EventStore } from '../../store/event-store'
import { systemScheduler } from '../../time/scheduler'
import { eventMessage } from '../event-record'
import { ask, type Reactor } from '../reactor'

/** A history of one pool: so many accounts are opened, an event each. */
export const history = (count: number, seed = 'a'): readonly LedgerEvent[] => {
  const book = emptyPool('main')
  return Array.from({ length: count }, (_, i) => {
    const command: Command = {
      id: `${seed}-${i}`,
      type: 'OpenAccount',
      pool: 'main',
      actor: 'operator',
      data: { account: `${seed}-${i}` },
    }
    const outcome = process(book, command, 1_000 * (i + 1))
    if (outcome.tag !== 'decided') throw new Error(outcome.tag)
    return outcome.events
  }).flat()
}

/** What the ledger makes of a command after these events. */
export const answered = (events: readonly LedgerEvent[], command: Command | undefined): readonly LedgerEvent[] => {
  if (command === undefined) throw new Error('nothing was asked')
  const outcome = process(judge(events.reduce(evolve, emptyPool('main'))), command, 60_000)
  if (outcome.tag !== 'decided') throw new Error(JSON.stringify(outcome))
  return outcome.events
}

/** Asks for a deposit into every account it sees: what it asks shows what it has followed. */
export const greeter: Reactor<Book> = {
  name: 'operator',
  initial: emptyPool,
  evolve: follow,
  due: (pool) =>
    [...pool.accounts.keys()].map((account) => ask('Deposit', { account, asset: 'USD', amount: '1' }, account)),
}

export const memoryBus = (): Bus => openMemoryBus({ topics: meshTopics(1), scheduler: systemScheduler, pause_ms: 5 })

const must = <A>(outcome: Either<{ readonly tag: string }, A>): void => {
  if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
}

export const record = async (store: EventStore, events: readonly LedgerEvent[]): Promise<void> => {
  const [first, ...rest] = events.map(encodeEvent)
  if (first !== undefined) must(await store.append(streamOf('main'), [first, ...rest], first.revision - 1)())
}

export const publish = async (bus: Bus, events: readonly LedgerEvent[]): Promise<void> => {
  const [first, ...rest] = events.map(encodeEvent).map(eventMessage)
  if (first !== undefined) must(await bus.publish(topics.events, [first, ...rest])())
}

/** Every command that was sent, read by somebody who never ends before `until` holds. */
export const commandsOn = async (
  bus: Bus,
  until: (seen: readonly Command[]) => boolean,
): Promise<readonly Command[]> => {
  const seen: Command[] = []
  const stop = new AbortController()
  const late = setTimeout(() => stop.abort(), 2_000)
  await bus.subscribe(
    { topic: topics.commands, group: `reader-${seen.length}-${readers++}`, from: 'beginning' },
    async (batch) => {
      for (const { value } of batch) seen.push(JSON.parse(value.toString('utf8')))
      if (until(seen)) stop.abort()
      return batch.length
    },
    stop.signal,
  )
  clearTimeout(late)
  return seen
}

let readers = 0
