import { type Command, decodeEvent, type LedgerEvent, streamOf, topics } from '@novation/events'
import {
  type AppendError,
  type Bus,
  type EventStore,
  meshTopics,
  openMemoryBus,
  openMemoryStore,
  type Scheduler,
} from '@novation/platform'
import { left } from 'fp-ts/Either'

/** Nobody sleeps so often while a test lets time go on, unless for ever. */
const restless = 5_000

/** A scheduler whose time stands until it is told to go on; whoever sleeps is woken in order of time. */
export const handClock = (start = 0) => {
  let time = start
  let sleepers: { readonly at: number; readonly wake: () => void }[] = []
  const scheduler: Scheduler = {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const wake = (): void => {
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        sleepers.push({ at: time + ms, wake })
        signal?.addEventListener('abort', wake)
      }),
  }
  const goOn = async (ms: number): Promise<void> => {
    const until = time + ms
    for (let woken = 0; ; woken += 1) {
      if (woken > restless) throw new Error(`${woken} sleeps within ${ms} ms: somebody never comes to rest`)
      await settle()
      const next = sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      sleepers = sleepers.filter((sleeper) => sleeper !== next)
      time = Math.max(time, next.at)
      next.wake()
    }
    time = until
    await settle()
  }
  return { scheduler, goOn }
}

/** Lets every promise that can go on go on. */
export const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve))
}

export const memoryBus = (scheduler: Scheduler): Bus => openMemoryBus({ topics: meshTopics(1), scheduler })

/** What an append of the store comes to, by number, instead of what it would: applied but unanswered, or not applied. */
export type Fault = 'answer-lost' | 'unavailable'

/** The memory store with faults: a wrapped adapter, as strict as what it wraps. */
export const faultyStore = (
  faults: readonly (Fault | undefined)[],
): { readonly store: EventStore; readonly appends: () => number } => {
  const inner = openMemoryStore()
  let appends = 0
  const failing = (tag: 'unknown' | 'unavailable'): AppendError => ({ tag, reason: 'as the test wants it' })
  const store: EventStore = {
    ...inner,
    append: (stream, events, expected) => async () => {
      const fault = stream.startsWith('ledger-') ? faults[appends++] : undefined
      if (fault === 'unavailable') return left(failing('unavailable'))
      const done = await inner.append(stream, events, expected)()
      return fault === 'answer-lost' ? left(failing('unknown')) : done
    },
  }
  return { store, appends: () => appends }
}

export const ledgerOf = async (store: EventStore, pool = 'main'): Promise<readonly LedgerEvent[]> => {
  const events: LedgerEvent[] = []
  for await (const recorded of store.read(streamOf(pool), 0)) {
    const event = decodeEvent(recorded)
    if (event._tag === 'Left') throw new Error(event.left)
    events.push(event.right)
  }
  return events
}

export const wish = <T extends Command['type']>(id: string, type: T, data: unknown, actor = 'operator'): Command =>
  ({ id, type, pool: 'main', actor, data }) as Command

export const registerUsd = wish('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true })

export const open = (account: string): Command => wish(`open-${account}`, 'OpenAccount', { account })

/** Everything a topic holds, read by a group of its own. */
export const recordsOf = async (
  bus: Bus,
  topic: string,
): Promise<readonly { value: string; headers: Readonly<Record<string, string>> }[]> => {
  const records: { value: string; headers: Readonly<Record<string, string>> }[] = []
  const stop = new AbortController()
  const reading = bus.subscribe(
    { topic, group: `reader-${topic}-${readers++}`, from: 'beginning' },
    async (batch) => {
      for (const { value, headers } of batch) records.push({ value: value.toString('utf8'), headers })
      return batch.length
    },
    stop.signal,
  )
  await settle()
  stop.abort()
  await reading
  return records
}

let readers = 0

export const deadLetters = (bus: Bus) => recordsOf(bus, topics.deadLetters)
