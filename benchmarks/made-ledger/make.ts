import { parseArgs } from 'node:util'
import { process as decide, emptyPool } from '@novation/clearing'
import { encodeEvent, type LedgerEvent, type Stored, streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'
import { commandsOf } from './commands'

/**
 * Makes a ledger of so many events through the real rules: many accounts, trades, prices, funding, deposits and
 * withdrawals. The same seed gives the same ledger, byte for byte.
 *
 *   node --require ./packages/testing/register.js benchmarks/made-ledger/make.ts --ledger=DIR --events=1000000
 */
const { values } = parseArgs({
  options: {
    ledger: { type: 'string' },
    events: { type: 'string', default: '1000000' },
    accounts: { type: 'string', default: '5000' },
    seed: { type: 'string', default: '1' },
  },
})

const batch = 1000

const make = async (directory: string): Promise<void> => {
  const store = openEmbeddedStore(directory)
  const wanted = Number(values.events)
  const pool = emptyPool('main')
  let waiting: Stored[] = []
  let rejected = 0
  const append = async (): Promise<void> => {
    const [first, ...rest] = waiting
    if (first === undefined) return
    const outcome = await store.append(streamOf('main'), [first, ...rest], first.revision - 1)()
    if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}; is ${directory} empty?`)
    waiting = []
  }
  for (const { command, at } of commandsOf(Number(values.accounts), Number(values.seed))) {
    const outcome = decide(pool, command, at)
    if (outcome.tag !== 'decided') throw new Error(`${command.id} was ${outcome.tag}`)
    if (outcome.rejection !== undefined) rejected += 1
    waiting.push(...outcome.events.map((event: LedgerEvent) => encodeEvent(event)))
    if (waiting.length >= batch) await append()
    if (pool.revision + 1 >= wanted) break
  }
  await append()
  await store.close()
  console.log(JSON.stringify({ events: pool.revision + 1, accounts: pool.accounts.size, rejected, head: pool.head }))
}

if (values.ledger === undefined) throw new Error('--ledger=DIR is missing')
void make(values.ledger)
