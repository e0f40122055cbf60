import { openLedger } from '@novation/ledger'
import { type EventStore, systemScheduler } from '@novation/platform'
import { houseOf } from '../house'
import { loadOf } from '../load'
import { now_ms } from '../measure'
import { prepareLedger } from './prepare'
import type { Turn, Way } from './turns'

/** What one turn writes: so many commands on a house of so many accounts. */
export const turnSize = { accounts: 200, commands: 1_000 } as const

export const single = 'one append per command'

/** How many commands wait for their answer at the same time; a batch from Kafka is one of up to 500. */
const inFlight = {
  [single]: 1,
  '64 commands in flight': 64,
  '500 commands in flight': 500,
} as const

/** Opens a new pool on the store, and gives its ledger commands, each answered once it is durable. */
const write = async (store: EventStore, pool: string, count: number): Promise<Turn> => {
  const at = systemScheduler.now()
  await prepareLedger(store, pool, houseOf(pool, turnSize.accounts, at), at).then(() => undefined)
  const stop = new AbortController()
  const writer = await openLedger(pool, store, systemScheduler, stop.signal)
  const commands = loadOf(pool, 'load', turnSize.accounts, turnSize.commands, at)
  const before = writer.pool().revision
  let next = 0
  const sender = async (): Promise<void> => {
    for (let command = commands[next++]; command !== undefined; command = commands[next++])
      for (const { tag } of await writer.submit([command]))
        if (tag !== 'decided') throw new Error(`a command was ${tag}`)
  }
  const began = now_ms()
  await Promise.all(Array.from({ length: count }, sender))
  const ms = now_ms() - began
  stop.abort()
  return { commands: commands.length, events: writer.pool().revision - before, ms }
}

/** The ledger's writer on a store, one way for each number of commands in flight. */
export const writingWays = (store: EventStore): readonly Way[] =>
  Object.entries(inFlight).map(([name, count]) => ({
    name,
    run: (turn) => write(store, `bench${count}x${turn}`, count),
  }))
