import { topics } from '@novation/events'
import { runLedger } from '@novation/ledger'
import { type Bus, type Log, meshTopics, openEventStoreDb, openHealth, openMemoryBus } from '@novation/platform'
import { ownedTime } from '@novation/platform/kit'
import { watchStore } from '../store-watch'

const opening = (account: string) => ({
  id: account,
  type: 'OpenAccount',
  pool: 'main',
  actor: 'venue',
  data: { account },
})

/** Everything on a topic, as it was published. */
const recordsOf = async (bus: Bus, topic: string, group: string, goOn: (ms: number) => Promise<void>) => {
  const values: string[] = []
  const stop = new AbortController()
  const take = async (batch: readonly { readonly value: Buffer }[]) => {
    for (const { value } of batch) values.push(value.toString('utf8'))
    return batch.length
  }
  const reading = bus.subscribe({ topic, group, from: 'beginning' }, take, stop.signal)
  await goOn(1_000)
  stop.abort()
  await goOn(100)
  await reading
  return values
}

/** The ledger service as it lives, on a real client and real sockets, in time that the test owns. */
export const stormyLedger = (connectionString: string) => {
  const { scheduler, goOn, until } = ownedTime()
  const bus = openMemoryBus({ topics: meshTopics(1), scheduler })
  const health = openHealth(['ledger'], [], 60_000, scheduler)
  const lines: { readonly at: number; readonly text: string }[] = []
  const say = (_: object, text: string) => void lines.push({ at: scheduler.now(), text })
  const log: Log = { debug: () => undefined, info: say, warn: say, error: say, fatal: say }
  const sent: string[] = []

  const begin = () => {
    const stop = new AbortController()
    const heard = watchStore(log, health, scheduler)
    const store = openEventStoreDb(connectionString, { scheduler, stop: stop.signal, heard, timeout_ms: 2_000 })
    const running = runLedger({ pools: ['main'], store, bus, scheduler }, stop.signal)
    const ended = running.then(
      () => 'in good order',
      (error: Error) => error.message,
    )
    return { store, stop, ended }
  }
  let life = begin()

  return {
    goOn,
    until,
    lines,
    health,
    sent,
    now: scheduler.now,
    send: async (count: number): Promise<void> => {
      const accounts = Array.from({ length: count }, (_, i) => `a${sent.length + i}`)
      sent.push(...accounts)
      for (const account of accounts)
        await bus.publish(topics.commands, [{ key: 'main', value: JSON.stringify(opening(account)), headers: {} }])()
    },
    /** As by `kill -9`: whatever is under way is cut off, and another begins where it can. */
    kill: async (): Promise<void> => {
      const closed = life.store.close()
      life.stop.abort()
      await goOn(5_000)
      await Promise.all([closed, life.ended])
      life = begin()
    },
    /** How it ended, once it was told to. */
    end: async (): Promise<string> => {
      life.stop.abort()
      await goOn(5_000)
      const how = await life.ended
      await life.store.close()
      return how
    },
    published: () => recordsOf(bus, topics.events, `reader-${scheduler.now()}`, goOn),
  }
}

/** The most lines that any second of that time has. */
export const mostInASecond = (lines: readonly { readonly at: number }[]): number => {
  const times = lines.map(({ at }) => at)
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length))
}
