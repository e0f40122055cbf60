import { type Decimal, decimal, format, multiply } from '@novation/decimal'
import type { Band, Candidate } from '../breaker'
import type { Quote } from '../conversion'
import { type IndexRound, indexRound } from '../index-round'
import { halvedOf, isOff } from '../scoring'
import { type Course, type CourseIndex, type CourseQuote, quotesOf, textOf, timeOf, usual } from './courses'

const termsOf = (index: CourseIndex) => {
  const { deviation, conversionSpread, off, offSpreads, offShare, ...numbers } = { ...usual, ...index }
  const [, currency = ''] = index.index.split('-')
  return {
    ...numbers,
    currency,
    conversions: new Map(Object.entries(index.conversions ?? {})),
    deviation: decimal(deviation),
    conversionSpread: decimal(conversionSpread),
    off: decimal(off),
    offSpreads: decimal(offSpreads),
    offShare: decimal(offShare),
  }
}

/** One index while it is played. */
interface Playing {
  readonly terms: ReturnType<typeof termsOf>
  readonly quotes: Map<string, Quote>
  last?: { readonly price: Decimal; readonly slow: Decimal; readonly observedAt: number; readonly confidence: Decimal }
  held?: Candidate | undefined
  halved: readonly string[]
  epoch: number
  rounds: number
  readonly tally: Map<string, { rounds: number; off: number }>
}

type World = ReadonlyMap<string, Playing>

export const worldOf = (indices: readonly CourseIndex[]): World =>
  new Map(
    indices.map((index): [string, Playing] => [
      index.index,
      { terms: termsOf(index), quotes: new Map(), halved: [], epoch: 0, rounds: 0, tally: new Map() },
    ]),
  )

const isUsable = ({ last, held, terms }: Playing, now: number): boolean =>
  last !== undefined && held === undefined && now - last.observedAt <= terms.tolerance_ms

const usable = (world: World, id: string | undefined, now: number): Playing['last'] => {
  const index = id === undefined ? undefined : world.get(id)
  return index !== undefined && isUsable(index, now) ? index.last : undefined
}

const bandOf = (world: World, { terms: { band } }: Playing, now: number): Band => {
  if (band === undefined) return undefined
  const anchor = usable(world, band.index, now)
  if (anchor === undefined) return 'unknown'
  return { low: multiply(decimal(band.low), anchor.price), high: multiply(decimal(band.high), anchor.price) }
}

/** An epoch that is over is scored before the first round of the next. */
const score = (index: Playing, now: number): string[] => {
  const epoch = Math.floor(now / index.terms.epoch_ms)
  if (epoch === index.epoch) return []
  const scores = index.terms.sources.map((of) => ({ ...of, ...(index.tally.get(of.source) ?? { rounds: 0, off: 0 }) }))
  const { rounds } = index
  index.epoch = epoch
  index.rounds = 0
  index.tally.clear()
  if (rounds === 0) return []
  index.halved = halvedOf(scores, rounds, index.terms)
  const tally = scores.map(({ source, rounds: of, off }) => `${source} ${off}/${of}`).join(' ')
  return index.halved.length === 0 ? [] : [`off ${tally}`, `halved ${index.halved.join(' ')}`]
}

const follow = (index: Playing, came: IndexRound): string => {
  if (came.is === 'held') {
    index.held = came.candidate
    return `held ${format(came.candidate.price)} at ${textOf(came.candidate.observedAt)} ${came.candidate.why}`
  }
  if (came.is !== 'ticked') return came.is
  const { price, observedAt, confidence, sources, spread } = came.round
  index.last = { price, slow: came.slow, observedAt, confidence }
  index.held = undefined
  index.rounds += 1
  for (const quote of came.quotes) {
    const { rounds, off } = index.tally.get(quote.source) ?? { rounds: 0, off: 0 }
    const wrong = isOff(quote.price, { index: price, spread }, index.terms)
    index.tally.set(quote.source, { rounds: rounds + 1, off: off + (wrong ? 1 : 0) })
  }
  const made = `${format(price)} slow ${format(came.slow)} at ${textOf(observedAt)}`
  return `${made} +-${format(confidence)} of ${sources.join(' ')}`
}

/** A round of one index, in the words of a course; where nothing was taken it only says how the index stands. */
const play = (world: World, id: string, index: Playing, now: number, news: boolean): string => {
  const scored = score(index, now)
  const came = indexRound(index.terms, index, {
    now,
    quoteOf: (source) => index.quotes.get(source),
    conversionOf: (currency) => usable(world, index.terms.conversions.get(currency), now),
    halved: new Set(index.halved),
    band: bandOf(world, index, now),
  })
  const what = news ? follow(index, came) : 'no-news'
  const words = [...scored, what, `weighs ${came.halves}`, isUsable(index, now) ? 'usable' : 'unusable']
  return `${id}: ${words.join(', ')}`
}

/** Quotes, but those of the sources named `out`; then each index that one of them is for is decided. */
export const playQuotes = (
  world: World,
  now: number,
  quotes: readonly CourseQuote[],
  out: ReadonlySet<string> = new Set(),
): readonly string[] => {
  const took = new Set<string>()
  let news = false
  for (const { source, base, currency, at, price, confidence } of quotes) {
    for (const [id, index] of world) {
      const own = index.terms.sources.find((each) => each.source === source)
      if (!id.startsWith(`${base}-`) || (own?.currency ?? index.terms.currency) !== currency) continue
      took.add(id)
      if (out.has(source) || own === undefined) continue
      news = true
      const off = confidence === undefined ? undefined : decimal(confidence)
      index.quotes.set(source, { source, price: decimal(price), at, confidence: off })
    }
  }
  return [...world].filter(([id]) => took.has(id)).map(([id, index]) => play(world, id, index, now, news))
}

/** A round of which what the course says is not taken is left out. */
export const playCourse = ({ indices, rounds }: Course): readonly (readonly string[])[] => {
  const world = worldOf(indices)
  return rounds.map((round) => {
    const { at, ignored = [], equivocated = [] } = round
    // Who signs two truths is suspended: what it said before counts no more either.
    for (const source of equivocated) for (const { quotes } of world.values()) quotes.delete(source)
    const out = new Set([...ignored.map((each) => each.split(' ')[0] ?? ''), ...equivocated])
    return playQuotes(world, timeOf(at), quotesOf(round), out)
  })
}
