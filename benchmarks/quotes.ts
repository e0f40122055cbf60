import { parseArgs } from 'node:util'
import { type Book, process as decide, emptyPool } from '@novation/clearing'
import {
  type Command,
  developmentKey,
  encodeEvent,
  formatTime,
  type LedgerEvent,
  signCommand,
  signQuote,
} from '@novation/events'

/**
 * What it costs to make a price in the ledger of what sources sign: CPU and bytes of a tick by 7 and by 21 sources, beside a price that an
 * oracle tells and signs. Interleaved in one run, the best of each.
 *
 *   npm run bench:quotes -- [--ticks=400] [--rounds=4]
 */
const { values } = parseArgs({
  options: { ticks: { type: 'string', default: '400' }, rounds: { type: 'string', default: '4' } },
})
const ticks = Number(values.ticks)
const domain = 'd0'
const begins = Date.parse('2026-01-01T00:00:00Z')
const keyOf = (actor: string) => developmentKey('bench', actor)

type Way = 'told' | '7 sources' | '21 sources'
const sourcesOf: Readonly<Record<Way, number>> = { told: 0, '7 sources': 7, '21 sources': 21 }
const ways = Object.keys(sourcesOf) as readonly Way[]
const namesOf = (way: Way): readonly string[] => Array.from({ length: sourcesOf[way] }, (_, i) => `s${i + 1}`)

const wish = (id: string, type: Command['type'], data: object, actor: string, at: number, also: string[] = []) => {
  const command = { id, type, pool: 'main', actor, at: formatTime(at), data } as Command
  return signCommand(command, domain, [actor, ...also].map(keyOf))
}

const setUp = (way: Way): readonly Command[] => {
  const operator = 'operator:a'
  const asked = (id: string, type: Command['type'], data: object, also: string[] = []) =>
    wish(id, type, data, operator, begins, also)
  const named = (actor: string) => ({ actor, key: keyOf(actor).key })
  const sources = namesOf(way)
  const index = {
    index: 'BTC-USD',
    base: 'BTC',
    currency: 'USD',
    places: 2,
    quorum: Math.floor((2 * sources.length) / 3) + 1,
  }
  return [
    asked('adopt', 'AdoptIdentity', { domain, keys: [named(operator)] }),
    ...['oracle', ...sources.map((source) => `source:${source}`)].map((actor) =>
      asked(`key-${actor}`, 'RegisterKey', named(actor), [actor]),
    ),
    asked('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    ...(sources.length === 0
      ? []
      : [asked('index', 'SetIndex', { ...index, sources: sources.map((source) => ({ source, weight: 1 })) })]),
    asked('btc', 'ListInstrument', {
      ...{ instrument: 'BTC-PERP', kind: 'perpetual', settlementAsset: 'USD', lot: '0.001' },
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
      ...(sources.length === 0 ? {} : { index: 'BTC-USD' }),
    }),
  ]
}

/** One price a second, which hardly moves: as it is told, or as each source says it. */
const tickOf = (way: Way, i: number): Command => {
  const at = begins + 1_000 * (i + 1)
  const price = (cents: number): string => (60_000 + ((i * 37 + cents) % 100) / 100).toFixed(2)
  if (way === 'told') return wish(`t${i}`, 'PublishPrice', { instrument: 'BTC-PERP', price: price(0) }, 'oracle', at)
  const quotes = namesOf(way).map((source, nth) =>
    signQuote(
      { source, base: 'BTC', currency: 'USD', at: formatTime(at - nth), price: price(nth), confidence: '0.5' },
      keyOf(`source:${source}`),
    ),
  )
  return wish(`t${i}`, 'PublishQuotes', { quotes }, 'oracle', at)
}

const decideAll = (book: Book, commands: readonly Command[]): readonly LedgerEvent[] =>
  commands.flatMap((command) => {
    const outcome = decide(book, command, Date.parse(command.at ?? ''))
    if (outcome.tag !== 'decided' || outcome.rejection !== undefined)
      throw new Error(`${command.id} is not done: ${JSON.stringify(outcome).slice(0, 200)}`)
    return outcome.events
  })

interface Cost {
  readonly micros: number
  readonly bytes: number
}

const measured = (way: Way, commands: readonly Command[], verify?: 'assumed'): Cost => {
  const book = emptyPool('main')
  void decideAll(book, setUp(way))
  if (verify !== undefined) book.set<Book, 'verify'>(book, 'verify', verify)
  const before = process.cpuUsage()
  const events = decideAll(book, commands)
  const { user, system } = process.cpuUsage(before)
  const bytes = events.reduce((sum, event) => sum + Buffer.byteLength(encodeEvent(event).body), 0)
  return { micros: (user + system) / commands.length, bytes: bytes / commands.length }
}

const main = (): void => {
  const commands = new Map(ways.map((way) => [way, Array.from({ length: ticks }, (_, i) => tickOf(way, i))]))
  const best = new Map<string, Cost>()
  for (let round = 0; round < Number(values.rounds); round += 1)
    for (const way of ways)
      for (const verify of [undefined, 'assumed'] as const) {
        const cost = measured(way, commands.get(way) ?? [], verify)
        const name = `${way}${verify === undefined ? '' : ', signatures aside'}`
        if (cost.micros < (best.get(name)?.micros ?? Number.POSITIVE_INFINITY)) best.set(name, cost)
      }
  const told = best.get('told') ?? { micros: Number.NaN, bytes: Number.NaN }
  for (const [name, { micros, bytes }] of best)
    console.log(
      `${name.padEnd(32)} ${micros.toFixed(0).padStart(6)} us ${(micros / told.micros).toFixed(1).padStart(6)}x ${bytes.toFixed(0).padStart(7)} bytes ${(bytes / told.bytes).toFixed(1).padStart(6)}x`,
    )
}

main()
