import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { verify } from '@novation/audit'
import { emptyPool, type Processed, unsigned } from '@novation/clearing'
import {
  type Command,
  developmentKey,
  formatTime,
  openAhead,
  type Stored,
  signCommand,
  streamOf,
} from '@novation/events'
import { type LedgerWriter, openLedger } from '@novation/ledger'
import { type EventStore, openCheckers, openEmbeddedStore, openMemoryStore, systemScheduler } from '@novation/platform'
import { btcPerp } from '../packages/platform/src/kit'

/**
 * What signatures cost: deposits and trades a second into a ledger in memory, open, signed and checked where they are decided, and signed
 * and checked ahead on other threads; what of it the thread that decides has to do, which is all there is where cores are spare; the same
 * into the embedded store, each batch answered once it is durable; then CPU of verifying what came of the deposits. Interleaved in one
 * run, the best of each.
 *
 *   npm run bench:signed -- [--commands=3000] [--rounds=4]
 */
const { values } = parseArgs({
  options: { commands: { type: 'string', default: '3000' }, rounds: { type: 'string', default: '4' } },
})
const count = Number(values.commands)
const batch = 500
const domain = 'd0'
const keyOf = (actor: string) => developmentKey('bench', actor)
const accounts = Array.from({ length: 50 }, (_, i) => `a${i}`)

type Way = 'open' | 'signed' | 'signed, checked ahead'
const ways: readonly Way[] = ['open', 'signed', 'signed, checked ahead']

/** The cheapest command there is, and the one that a house is there for. */
const kinds = ['deposits', 'trades'] as const
type Kind = (typeof kinds)[number]

const wish = (id: string, type: Command['type'], data: object): Command =>
  ({ id, type, pool: 'main', actor: 'operator:a', at: formatTime(systemScheduler.now()), data }) as Command

const signed = (way: Way, command: Command): Command =>
  way === 'open' ? command : signCommand(command, domain, [keyOf('operator:a')])

const setUp = (way: Way): readonly Command[] => {
  const keys = [{ actor: 'operator:a', key: keyOf('operator:a').key }]
  return [
    ...(way === 'open' ? [] : [wish('adopt', 'AdoptIdentity', { domain, keys })]),
    wish('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    wish('btc', 'ListInstrument', btcPerp),
    wish('price', 'PublishPrice', { instrument: 'BTC-PERP', price: '1000' }),
    ...accounts.flatMap((account) => [
      wish(`open-${account}`, 'OpenAccount', { account }),
      wish(`begin-${account}`, 'Deposit', { account, asset: 'USD', amount: '100000' }),
    ]),
  ].map((command) => signed(way, command))
}

const accountAt = (i: number): string => accounts[i % accounts.length] ?? ''

const wishOf: Readonly<Record<Kind, (i: number) => Command>> = {
  deposits: (i) => wish(`d${i}`, 'Deposit', { account: accountAt(i), asset: 'USD', amount: '1.25' }),
  trades: (i) =>
    wish(`t${i}`, 'ClearTrade', {
      ...{ trade: `t${i}`, instrument: 'BTC-PERP', quantity: '0.001', price: '1000' },
      ...{ buyer: accountAt(i), seller: accountAt(i * 7 + 1) },
    }),
}

const commandsOf = (way: Way, kind: Kind): readonly Command[] =>
  Array.from({ length: count }, (_, i) => signed(way, wishOf[kind](i)))

/** `offer` is decided where it comes in; `submit` has its signatures checked ahead. */
const send = async (way: Way, writer: LedgerWriter, commands: readonly Command[]): Promise<readonly Processed[]> => {
  const outcomes = way === 'signed' ? writer.offer(commands) : writer.submit(commands)
  return outcomes === 'busy' ? [] : outcomes
}

const assertDone = (way: Way, outcomes: readonly Processed[]): void => {
  if (outcomes.length === 0 || outcomes.some((each) => each.tag !== 'decided' || each.rejection !== undefined))
    throw new Error(`not all is done: ${way}`)
}

/** What the thread that decides has worked so far, in seconds; where the system does not tell, nothing. */
const deciding = (): number => {
  try {
    const [nanoseconds = ''] = readFileSync(`/proc/${process.pid}/task/${process.pid}/schedstat`, 'utf8').split(' ')
    return Number(nanoseconds) / 1e9
  } catch {
    return Number.NaN
  }
}

const checkers = openCheckers()

const measured = async (way: Way, kind: Kind, store: EventStore) => {
  const { signal } = new AbortController()
  const ahead = openAhead(checkers.check)
  const writer = await openLedger('main', store, systemScheduler, signal, {}, emptyPool, undefined, unsigned, ahead)
  assertDone(way, await writer.submit(setUp(way)))
  const commands = commandsOf(way, kind)
  const worked = deciding()
  const before = process.hrtime.bigint()
  for (let from = 0; from < commands.length; from += batch) {
    assertDone(way, await send(way, writer, commands.slice(from, from + batch)))
  }
  return { seconds: Number(process.hrtime.bigint() - before) / 1e9, own: deciding() - worked }
}

/** The same into a file of its own. */
const measuredOnDisk = async (way: Way, kind: Kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'novation-bench-'))
  const store = openEmbeddedStore(folder)
  try {
    return await measured(way, kind, store)
  } finally {
    await store.close()
    rmSync(folder, { recursive: true })
  }
}

const cpu = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const say = (what: string, perSecond: number, of: number): void =>
  console.log(
    `${what.padEnd(42)} ${Math.round(perSecond).toLocaleString('en').padStart(9)} /s   ${(perSecond / of).toFixed(2)}`,
  )

const main = async (): Promise<void> => {
  // A thread keeps nobody alive.
  const alive = setInterval(() => undefined, 60_000)
  const best = new Map<string, number>()
  const note = (what: string, seconds: number): void =>
    void best.set(what, Math.min(best.get(what) ?? seconds, seconds))
  let events: Stored[] = []
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const kind of kinds)
      for (const way of ways) {
        const store = openMemoryStore()
        const { seconds, own } = await measured(way, kind, store)
        note(`${kind}, ${way}`, seconds)
        note(`${kind}, ${way}: deciding`, own)
        const onDisk = await measuredOnDisk(way, kind)
        note(`${kind}, ${way}: durable`, onDisk.seconds)
        note(`${kind}, ${way}: durable, deciding`, onDisk.own)
        if (way === 'open' || kind !== 'deposits') continue
        events = []
        for await (const event of store.read(streamOf('main'), 0)) events.push(event)
      }
  for (let round = 0; round < 2; round += 1)
    for (const depth of ['fold', 'signature', 'everything'] as const)
      note(`verify ${depth}`, await cpu(() => verify(events, { pool: 'main', depth })))
  console.log(`${availableParallelism()} cores; ${count} commands, in batches of ${batch}`)
  for (const kind of kinds)
    for (const what of ['', ': deciding', ': durable', ': durable, deciding']) {
      const perSecond = (way: Way): number => count / (best.get(`${kind}, ${way}${what}`) ?? Number.NaN)
      for (const way of ways) say(`${kind}, ${way}${what}`, perSecond(way), perSecond('open'))
    }
  const fold = events.length / (best.get('verify fold') ?? Number.NaN)
  for (const depth of ['fold', 'signature', 'everything'])
    say(`verify signed, depth ${depth}`, events.length / (best.get(`verify ${depth}`) ?? Number.NaN), fold)
  await checkers.close()
  clearInterval(alive)
}

void main()
