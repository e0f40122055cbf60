import { Id, type SigningKey } from '@novation/events'
import { openFeed, type Scheduler } from '@novation/platform'
import { adapters, type Market } from '@novation/source'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { readText } from '../ledger/key-files'
import type { World } from '../world'
import type { Watch } from './watch'

/** What a source is told on the command line. */
export interface SourceLife {
  readonly venue: string | undefined
  readonly source: string | undefined
  readonly symbols: string | undefined
  readonly feed: string | undefined
  readonly hello: string | undefined
}

/** What the source of this process is: whose messages it reads, how, and where from. */
export interface SourceGiven {
  readonly name: string
  readonly adapter: (typeof adapters)[string]
  readonly symbols: Readonly<Record<string, Market>>
  readonly messages: (signal: AbortSignal) => AsyncIterable<string>
}

const usage = (what: string, remedy: string, why?: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy, ...(why === undefined ? {} : { why }) })

/** The name of a source, by which it signs and indices know it: its own, or that of its venue. */
export const sourceNamed = ({ source, venue }: Pick<SourceLife, 'source' | 'venue'>): string | undefined =>
  source ?? venue

export const venueNames: readonly string[] = Object.keys(adapters)

const isMarket = (market: unknown): market is Market =>
  typeof market === 'object' &&
  market !== null &&
  'base' in market &&
  'currency' in market &&
  Id.is(market.base) &&
  Id.is(market.currency)

/** A file that says what symbols stand for: `{"BTCUSDT": {"base": "BTC", "currency": "USDT"}}`. */
const symbolsIn = (file: string): Readonly<Record<string, Market>> => {
  const wrong = (why: string): Failure =>
    usage(`${file} does not say what symbols stand for`, 'write {"BTCUSDT": {"base": "BTC", "currency": "USDT"}}', why)
  const symbols = ((): unknown => {
    try {
      return JSON.parse(readText(file))
    } catch (error) {
      if (error instanceof SyntaxError) throw wrong(error.message)
      throw error
    }
  })()
  if (typeof symbols !== 'object' || symbols === null) throw wrong('it is no object')
  const markets = new Map<string, Market>()
  for (const [symbol, market] of Object.entries(symbols)) {
    if (!isMarket(market)) throw wrong(`${symbol} has no base and currency`)
    markets.set(symbol, market)
  }
  return Object.fromEntries(markets)
}

async function* linesOf(input: AsyncIterable<Buffer>): AsyncIterable<string> {
  let rest = ''
  for await (const chunk of input) {
    const lines = (rest + chunk.toString('utf8')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield line
  }
  if (rest.trim() !== '') yield rest
}

/** Where the messages come from: an address, or standard input, a message a line. */
const messagesFrom =
  ({ feed, hello }: SourceLife, name: string, world: World, scheduler: Scheduler, { log }: Pick<Watch, 'log'>) =>
  (signal: AbortSignal): AsyncIterable<string> => {
    if (feed !== undefined)
      return openFeed(
        {
          url: feed,
          hello,
          scheduler,
          ended: (reason) => log.warn({ service: 'source', source: name, reason }, 'the feed ended; connecting again'),
        },
        signal,
      )
    const input = world.stdin()
    signal.addEventListener('abort', () => input.destroy(), { once: true })
    return linesOf(input)
  }

/** What a source needs to be one. Throws a `Failure` where something of it is missing. */
export const sourceGiven = (life: SourceLife, world: World, watch: Pick<Watch, 'log'>): SourceGiven => {
  const { venue, symbols } = life
  const name = sourceNamed(life)
  const adapter = venue === undefined || !Object.hasOwn(adapters, venue) ? undefined : adapters[venue]
  if (adapter === undefined || name === undefined)
    throw usage('a source reads what some venue says', `name it: --venue=${venueNames.join('|')}`)
  return {
    name,
    adapter,
    symbols: symbols === undefined ? {} : symbolsIn(symbols),
    messages: messagesFrom(life, name, world, world.clock, watch),
  }
}

/** Nobody believes what is not signed. */
export const sourceKey = (name: string, keyOf: (actor: string) => SigningKey | undefined): SigningKey => {
  const key = keyOf(`source:${name}`)
  if (key !== undefined) return key
  throw usage(
    `there is no key of source:${name}`,
    `name its file with --key, or a folder that has source:${name}.pem with --keys`,
  )
}
