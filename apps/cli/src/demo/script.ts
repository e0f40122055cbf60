import { type Command, canonicalJson, formatTime, type Quote, sha256, type UnsignedQuote } from '@novation/events'
import type { Asked } from '../run/command-lines'
import { type Day, type Listed, type Moment, priceOf } from './day'
import type { Feed } from './feed'
import { openHouse, type Wish, wish } from './house'
import { dealOptions, openOptions, tellOptions } from './options'
import { randomOf } from './random'
import { actionsOf, plansOf } from './traders'

export const demoPool = 'main'

/** A whole demo: everything that is asked from outside, in order. */
export interface Script {
  /** Names the demo: the same day, seed and number of accounts. Every command's id begins with it. */
  readonly name: string
  readonly moments: number
  readonly commands: number
  readonly lines: AsyncIterable<readonly Asked[]>
}

const funding_ms = 8 * 3_600_000

/** The future is settled this far into the day: in the made one, in the middle of the night's fall. */
const expiresAt = 0.9345

const publish = (moment: Moment, listed: Listed): Wish =>
  wish('oracle', 'PublishPrice', { instrument: listed.instrument, price: priceOf(moment, listed) })

/** Longs pay while the market rises and are paid while it falls: a hundredth of the move since the last time, at most 0.3 %. */
const payFunding = (listed: Listed, now: Moment, before: Moment): Wish => {
  const { instrument } = listed
  const move = Number(priceOf(now, listed)) / Number(priceOf(before, listed)) - 1
  return wish('oracle', 'PayFunding', { instrument, rate: Math.min(0.003, Math.max(-0.003, move / 100)).toFixed(6) })
}

const crosses = (before: Moment, now: Moment): boolean =>
  Math.floor(before.at / funding_ms) < Math.floor(now.at / funding_ms)

/** How the prices of a moment reach the ledger. */
type Tell = (moment: Moment, priced: readonly Listed[]) => readonly Wish[]

/** By what the prices are told: each by itself, or by what sources sign; then also what makes them indices. */
interface Priced {
  readonly feed?: Feed | undefined
  readonly tell: Tell
  /** Whether there are options too. */
  readonly portfolio: boolean
}

const toldBy: Tell = (moment, priced) => priced.map((listed) => publish(moment, listed))

/** Whoever carries quotes brings all of a round at once; who said them signs them later. */
const quotedBy =
  ({ quotesAt }: Feed): Tell =>
  ({ at }) => [wish('oracle', 'PublishQuotes', { quotes: quotesAt(at).map((quote) => ({ ...quote, signature: '' })) })]

/** The same number of commands, and nothing in them: for who counts. */
const uncounted: Tell = () => [wish('oracle', 'PublishQuotes', { quotes: [] })]

/** Everything that is asked at each moment: prices first, so that all else is decided on fresh ones. */
function* wishesOf(
  day: Day,
  accounts: number,
  seed: number,
  { feed, tell, portfolio }: Priced,
): Generator<readonly [Moment, readonly Wish[]]> {
  const { market, moments, calmUntil } = day
  const { future } = market
  const perpetuals = [market.lead, market.second, market.third]
  const expires = Math.floor(moments.length * expiresAt)
  const plans = plansOf(randomOf(seed), accounts, moments.length, calmUntil, expires)
  const actions = actionsOf(plans, day)
  const expiry = moments[expires]
  let paid: Moment | undefined
  for (const [index, moment] of moments.entries()) {
    if (index === 0) yield [moment, openHouse(day, accounts, formatTime(expiry?.at ?? moment.at), feed)]
    if (index === 0 && portfolio) yield [moment, openOptions(day, accounts)]
    const last = moments[index - 1]
    paid ??= moment
    yield [
      moment,
      [
        ...tell(moment, index < expires ? [...perpetuals, future] : perpetuals),
        ...(portfolio ? tellOptions(day, moment) : []),
        // What names an index is settled at that over time, by the clock.
        ...(index === expires && feed === undefined
          ? [
              wish('operator', 'SettleInstrument', {
                instrument: future.instrument,
                price: priceOf(moment, future),
              }),
            ]
          : []),
        ...(last !== undefined && crosses(last, moment)
          ? perpetuals.map((listed) => payFunding(listed, moment, paid ?? moment))
          : []),
        ...(actions.get(index) ?? []),
        ...(portfolio ? dealOptions(day, accounts, index) : []),
      ],
    ]
    if (last !== undefined && crosses(last, moment)) paid = moment
  }
}

/** So many moments are decided before what they made is written, if it has not been by then. */
const batchSize = 20

function* batchesOf(name: string, moments: Iterable<readonly [Moment, readonly Wish[]]>): Generator<readonly Asked[]> {
  let line = 0
  let batch: Asked[] = []
  let passed = 0
  for (const [{ at }, wishes] of moments) {
    for (const { actor, type, data } of wishes) {
      line += 1
      const command = { id: `${name}-${line}`, type, pool: demoPool, at: formatTime(at), actor, data } as Command
      batch.push({ line, command })
    }
    passed += 1
    if (passed % batchSize !== 0) continue
    yield batch
    batch = []
  }
  yield batch
}

/** With the quotes in it signed, and itself. */
const signedIn = async ({ line, command }: Asked, sign: Signing): Promise<Asked> => {
  if (command.type !== 'PublishQuotes') return { line, command: await sign.command(command) }
  const quotes = await Promise.all(command.data.quotes.map(sign.quote))
  return { line, command: await sign.command({ ...command, data: { quotes } }) }
}

/** While a batch is decided, the next is signed by other threads. */
async function* signedLines(batches: Iterable<readonly Asked[]>, sign: Signing): AsyncIterable<readonly Asked[]> {
  let before: Promise<readonly Asked[]> | undefined
  for (const batch of batches) {
    const next = Promise.all(batch.map((asked) => signedIn(asked, sign)))
    if (before !== undefined) yield before
    before = next
  }
  if (before !== undefined) yield before
}

async function* unsignedLines(batches: Iterable<readonly Asked[]>): AsyncIterable<readonly Asked[]> {
  yield* batches
}

/** What comes before the first moment of the market, at its time. */
function* after(
  beginning: readonly Wish[],
  moments: Iterable<readonly [Moment, readonly Wish[]]>,
): Generator<readonly [Moment, readonly Wish[]]> {
  let before = beginning
  for (const [moment, wishes] of moments) {
    yield [moment, [...before, ...wishes]]
    before = []
  }
}

/** Puts the signatures of whoever says something to it. What makes keys known is left to who knows which must sign it. */
export interface Signing {
  readonly quote: (quote: UnsignedQuote) => Promise<Quote>
  readonly command: (command: Command) => Promise<Command>
}

/** What a demo is made of beside its day, the number of accounts and the seed. */
export interface Extras {
  /** What comes before all of it. */
  readonly beginning?: readonly Wish[]
  /** Where prices come from; where left out they are told. */
  readonly feed?: Feed
  /** Whether there are options too, and who makes their market as a portfolio. */
  readonly portfolio?: boolean
  /** Left out where nobody looks at signatures. */
  readonly sign?: Signing | undefined
}

/** The script of a demo: a function of the day, the number of accounts and the seed, of these extras, and of nothing else. */
export const scriptOf = (
  day: Day,
  accounts: number,
  seed: number,
  { beginning = [], feed, sign, portfolio = false }: Extras = {},
): Script => {
  const named = {
    ...(beginning.length === 0 ? {} : { beginning }),
    ...(feed === undefined ? {} : { sources: feed.sources, liars: feed.liars }),
    ...(portfolio ? { portfolio } : {}),
  }
  const digest = sha256(canonicalJson({ accounts, seed, moments: day.moments, ...named }))
  const name = `demo-${digest.slice(0, 12)}`
  const wishes = (tell: Tell) => after(beginning, wishesOf(day, accounts, seed, { feed, tell, portfolio }))
  let commands = 0
  for (const [, each] of wishes(feed === undefined ? toldBy : uncounted)) commands += each.length
  const batches = batchesOf(name, wishes(feed === undefined ? toldBy : quotedBy(feed)))
  const lines = sign === undefined ? unsignedLines(batches) : signedLines(batches, sign)
  return { name, moments: day.moments.length, commands, lines }
}
