import { decimal, format, multiply } from '@novation/decimal'
import { type CommandData, formatTime } from '@novation/events'
import { type Band, halvedOf, type IndexRound, indexRound, isOff } from '@novation/risk'
import { left } from 'fp-ts/Either'
import { accepted, type Decide, type Draft, type NoNews, nothingNew, reject } from '../decision'
import {
  epochAt,
  type IndexNow,
  type IndexOf,
  type IndexPrice,
  isUsable,
  type Oracle,
  quoteName,
} from '../state/oracle'
import type { Pool } from '../state/pool'
import { hasEnded } from '../trading/why-closed'
import { recordEquivocation } from './report-equivocation'
import { followedBy } from './set-index'
import { indicesFor, type Taking, takeQuotes } from './taking'

/** So many quotes at most come at once. */
const most = 64

interface Standing {
  readonly oracle: Oracle
  readonly terms: IndexOf
  readonly now: IndexNow
}

const standingOf = ({ oracle }: Pool, id: string): Standing | undefined => {
  const [terms, now] = [oracle?.terms.get(id), oracle?.indices.get(id)]
  return oracle === undefined || terms === undefined || now === undefined ? undefined : { oracle, terms, now }
}

/** The price of another index that this one follows, while that may be relied on. */
const reliable = (pool: Pool, id: string | undefined): IndexPrice | undefined => {
  const other = id === undefined ? undefined : standingOf(pool, id)
  return other !== undefined && isUsable(other.terms, other.now, pool.at) ? other.now.price : undefined
}

const bandOf = (pool: Pool, { said: { band } }: IndexOf): Band => {
  if (band === undefined) return undefined
  const anchor = reliable(pool, band.index)?.price
  if (anchor === undefined) return 'unknown'
  return { low: multiply(decimal(band.low), anchor), high: multiply(decimal(band.high), anchor) }
}

/** An epoch that is over is scored before the first round of the next. */
const scoreEpoch = (draft: Draft, id: string, { terms: { said, rules }, now: { tally, halved } }: Standing): void => {
  if (epochAt(draft.pool.at, said) <= tally.epoch || (tally.rounds === 0 && halved.length === 0)) return
  const scores = said.sources.map(({ source, weight }) => {
    const { rounds = 0, off = 0 } = tally.scores.find((score) => score.source === source) ?? {}
    return { source, weight, rounds, off }
  })
  draft.record('SourcesScored', {
    index: id,
    tally: scores.map(({ source, rounds, off }) => ({ source, rounds, off })),
    halved: tally.rounds === 0 ? [] : halvedOf(scores, tally.rounds, rules),
  })
}

const roundOf = (pool: Pool, { oracle, terms, now }: Standing): IndexRound => {
  const { base, sources, currency: own } = terms.said
  return indexRound(
    terms.rules,
    { last: now.price, held: now.held },
    {
      now: pool.at,
      band: bandOf(pool, terms),
      halved: new Set(now.halved),
      conversionOf: (currency) => reliable(pool, terms.rules.conversions.get(currency)),
      quoteOf: (source) => {
        if (now.suspended.includes(source)) return undefined
        const quote = oracle.quotes.get(quoteName(base, source))
        const { currency = own } = sources.find((each) => each.source === source) ?? {}
        // One that was set to another currency has said nothing in that yet.
        return quote?.currency === currency ? { source, ...quote } : undefined
      },
    },
  )
}

/** What names an index and can still be dealt in, by name. */
const namersOf = (
  pool: Pool,
  id: string,
): readonly ({ readonly instrument: string } | { readonly asset: string })[] => [
  ...[...pool.assets.values()]
    .filter(({ index }) => index === id)
    .map((asset) => ({ asset: asset.id }))
    .sort((a, b) => (a.asset < b.asset ? -1 : 1)),
  ...[...pool.instruments.values()]
    .filter((instrument) => instrument.index === id && !hasEnded(pool, instrument))
    .map((instrument) => ({ instrument: instrument.id }))
    .sort((a, b) => (a.instrument < b.instrument ? -1 : 1)),
]

type Ticked = Extract<IndexRound, { readonly is: 'ticked' }>
type HeldRound = Extract<IndexRound, { readonly is: 'held' }>

const tick = (draft: Draft, id: string, { rules }: IndexOf, { quotes, round, slow }: Ticked): void => {
  const { price, observedAt, confidence, sources, spread } = round
  const isFar = (quoted: Ticked['quotes'][number]) => isOff(quoted.price, { index: price, spread }, rules)
  const off = quotes.filter((quoted) => sources.includes(quoted.source) && isFar(quoted)).map(({ source }) => source)
  const said = {
    price: format(price),
    slow: format(slow),
    observedAt: formatTime(observedAt),
    confidence: format(confidence),
  }
  draft.record('IndexTicked', { index: id, ...said, sources, off: off.sort() })
  for (const named of namersOf(draft.pool, id)) draft.record('PriceTick', { ...named, ...said, index: id })
}

/** What never had a price of its own has none that could be doubted: it waits for its first. */
const hold = (draft: Draft, id: string, last: IndexPrice | undefined, { candidate }: HeldRound): void => {
  const { pool } = draft
  const [price, observedAt] = [format(candidate.price), formatTime(candidate.observedAt)]
  draft.record('IndexHeld', {
    index: id,
    candidate: price,
    observedAt,
    why: candidate.why,
    ...(last === undefined ? {} : { last: format(last.price) }),
  })
  for (const named of namersOf(pool, id)) {
    const { price: mark } =
      ('asset' in named ? pool.assets.get(named.asset) : pool.instruments.get(named.instrument)) ?? {}
    if (mark !== undefined)
      draft.record('PriceHeld', { ...named, price, mark: format(mark.value), observedAt, since: observedAt, index: id })
  }
}

const decideIndex = (draft: Draft, id: string): void => {
  const before = standingOf(draft.pool, id)
  if (before === undefined) return
  scoreEpoch(draft, id, before)
  const standing = standingOf(draft.pool, id) ?? before
  const round = roundOf(draft.pool, standing)
  if (round.is === 'ticked') tick(draft, id, standing.terms, round)
  if (round.is === 'held') hold(draft, id, standing.now.price, round)
}

/** What others follow comes before them; else by name. */
const inOrder = ({ terms }: Oracle, ids: ReadonlySet<string>): readonly string[] => {
  const done = new Set<string>()
  const visit = (id: string): void => {
    if (done.has(id)) return
    const of = terms.get(id)
    for (const next of of === undefined ? [] : [...followedBy(of.said)].sort()) visit(next)
    done.add(id)
  }
  for (const id of [...ids].sort()) visit(id)
  return [...done].filter((id) => ids.has(id))
}

const isNothing = ({ taken, equivocated }: Taking): boolean => taken.length === 0 && equivocated.length === 0

const nothingOf = ({ ignored }: Taking): NoNews => nothingNew('quotes', ignored)

const areTooMany = ({ quotes }: CommandData<'PublishQuotes'>): boolean => quotes.length > most

/** Why nothing of these quotes is news, as the pool stands. */
export const nothingQuoted = (pool: Pool, data: CommandData<'PublishQuotes'>): NoNews | undefined => {
  if (areTooMany(data)) return undefined
  const taking = takeQuotes(pool, data)
  return isNothing(taking) ? nothingOf(taking) : undefined
}

/**
 * Whoever carries quotes brings them: each stands for itself, signed by its source, and says when it was seen, so that a
 * carrier has no power but over time. What was taken makes each index anew for which it counts, conversions and anchors first,
 * over the last quotes of all its sources. Where nothing is new, nothing is recorded.
 */
export const publishQuotes: Decide<'PublishQuotes'> = (draft, data) => {
  const { pool } = draft
  if (areTooMany(data)) return reject('bad-parameter', `${data.quotes.length} quotes: at most ${most} come at once`)
  const taking = takeQuotes(pool, data)
  if (isNothing(taking)) return left(nothingOf(taking))
  const { taken, ignored, equivocated } = taking
  draft.record('QuotesTaken', { taken, ignored })
  for (const each of equivocated) recordEquivocation(draft, each)
  const { oracle } = draft.pool
  if (oracle === undefined) return accepted
  const touched = new Set(taken.flatMap((quote) => indicesFor(oracle, quote)))
  for (const id of inOrder(oracle, touched)) decideIndex(draft, id)
  return accepted
}
