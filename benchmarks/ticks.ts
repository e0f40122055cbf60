import { parseArgs } from 'node:util'
import { emptyPool, type Processed, unsigned } from '@novation/clearing'
import { type Command, developmentKey, formatTime, signCommand, signQuote, streamOf } from '@novation/events'
import { openLedger } from '@novation/ledger'
import { openMemoryStore, systemScheduler } from '@novation/platform'

/**
 * What a tick costs that is made of signed quotes, of 7 sources and of 21, beside a price that is told by one signed command: CPU of
 * the ledger, which checks every signature where it decides, and bytes in the store. Nobody holds anything, so nobody is judged for it.
 * Interleaved in one run, the best of each.
 *
 *   npm run bench:ticks -- [--ticks=400] [--rounds=4]
 */
const { values } = parseArgs({
  options: { ticks: { type: 'string', default: '400' }, rounds: { type: 'string', default: '4' } },
})
const count = Number(values.ticks)
const domain = 'd0'
const keyOf = (actor: string) => developmentKey('bench', actor)

/** A price that is told, or made of the quotes of so many. */
type Way = 'told' | 7 | 21
const ways: readonly Way[] = ['told', 7, 21]

const wish = (id: string, type: Command['type'], data: object, actor = 'operator:a', ...others: readonly string[]) =>
  signCommand(
    { id, type, pool: 'main', actor, at: formatTime(systemScheduler.now()), data } as Command,
    domain,
    [actor, ...others].map(keyOf),
  )

const named = (sources: number): readonly string[] => Array.from({ length: sources }, (_, i) => `s${i}`)

const registered = (actor: string): Command =>
  wish(`key-${actor}`, 'RegisterKey', { actor, key: keyOf(actor).key }, 'operator:a', actor)

const setUp = (way: Way): readonly Command[] => {
  const sources = way === 'told' ? [] : named(way)
  const quorum = Math.floor((2 * sources.length) / 3) + 1
  const made = { index: 'BTC-USD', base: 'BTC', currency: 'USD', places: 2, quorum }
  return [
    wish('adopt', 'AdoptIdentity', { domain, keys: [{ actor: 'operator:a', key: keyOf('operator:a').key }] }),
    registered('oracle'),
    ...sources.map((source) => registered(`source:${source}`)),
    wish('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    ...(way === 'told'
      ? []
      : [
          wish('index', 'SetIndex', {
            ...made,
            sources: sources.map((source) => ({ source, weight: 1 })),
            freshness_ms: 600_000,
          }),
        ]),
    wish('list', 'ListInstrument', {
      instrument: 'BTC-PERP',
      kind: 'perpetual',
      settlementAsset: 'USD',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
      ...(way === 'told' ? {} : { index: 'BTC-USD' }),
    }),
  ]
}

/** Prices that go up and down a little, each seen a millisecond after the one before. */
const ticks = (way: Way): readonly Command[] => {
  const begin = systemScheduler.now() - count
  return Array.from({ length: count }, (_, i) => {
    const at = formatTime(begin + i)
    const price = (of: number): string => `79${30 + ((i + of) % 20)}.25`
    if (way === 'told')
      return wish(`t${i}`, 'PublishPrice', { instrument: 'BTC-PERP', price: price(0), observedAt: at }, 'oracle')
    const quotes = named(way).map((source, of) =>
      signQuote(
        { source, base: 'BTC', currency: 'USD', at, price: price(of), confidence: '0.5' },
        keyOf(`source:${source}`),
      ),
    )
    return wish(`t${i}`, 'PublishQuotes', { quotes }, 'oracle')
  })
}

const assertDone = (way: Way, outcomes: readonly Processed[] | 'busy'): void => {
  if (outcomes === 'busy' || outcomes.some((each) => each.tag !== 'decided' || each.rejection !== undefined))
    throw new Error(`not all is done: ${way}`)
}

const measured = async (way: Way): Promise<{ readonly cpu_us: number; readonly bytes: number }> => {
  const store = openMemoryStore()
  const { signal } = new AbortController()
  const writer = await openLedger('main', store, systemScheduler, signal, {}, emptyPool, undefined, unsigned)
  assertDone(way, await writer.submit(setUp(way)))
  const head = (await store.last(streamOf('main')))?.revision ?? -1
  const commands = ticks(way)
  const before = process.cpuUsage()
  for (let from = 0; from < count; from += 50) assertDone(way, await writer.offer(commands.slice(from, from + 50)))
  const { user, system } = process.cpuUsage(before)
  let bytes = 0
  for await (const event of store.read(streamOf('main'), head + 1)) bytes += Buffer.byteLength(event.body)
  return { cpu_us: (user + system) / count, bytes: bytes / count }
}

const main = async (): Promise<void> => {
  const best = new Map<Way, { readonly cpu_us: number; readonly bytes: number }>()
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const way of ways) {
      const now = await measured(way)
      const before = best.get(way)
      if (before === undefined || now.cpu_us < before.cpu_us) best.set(way, now)
    }
  const told = best.get('told')
  if (told === undefined) return
  for (const [way, { cpu_us, bytes }] of best)
    console.log(
      `${(way === 'told' ? 'PublishPrice' : `PublishQuotes of ${way} sources`).padEnd(28)} ${cpu_us.toFixed(0).padStart(6)} us ${(cpu_us / told.cpu_us).toFixed(1).padStart(6)} ${bytes.toFixed(0).padStart(7)} bytes ${(bytes / told.bytes).toFixed(1).padStart(6)}`,
    )
}

void main()
