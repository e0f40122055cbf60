import { decimal, format } from '@novation/decimal'
import { type EventData, formatTime, type Millis, parseTime, quoteText, sha256 } from '@novation/events'
import type { Book } from './book'
import { keepCountdowns } from './countdown'
import { courseWith, depthSeen } from './depth-now'
import { noteLivedOf } from './market-state'
import { remarkAll } from './marks'
import {
  type DepthLevel,
  type DepthNow,
  epochAt,
  type IndexNow,
  type IndexOf,
  indexOf,
  type LastObservation,
  type LastQuote,
  newOracle,
  newTally,
  type Oracle,
  observationName,
  quoteName,
  type Tally,
} from './oracle'
import { coverWindows } from './window-state'

// What events change of where prices come from.

type Said = EventData<'QuotesTaken'>['taken'][number]

const plainly = (text: string): string => format(decimal(text))

/** What a quote says, however it is written: two that say other things of one time are two truths. */
export const truthOf = (quote: Said): string => {
  const { at, price, confidence, volume } = quote
  return sha256(
    quoteText({
      ...quote,
      at: formatTime(parseTime(at)),
      price: plainly(price),
      ...(confidence === undefined ? {} : { confidence: plainly(confidence) }),
      ...(volume === undefined ? {} : { volume: plainly(volume) }),
    }),
  )
}

const oracleOf = (book: Book): Oracle => {
  if (book.oracle === undefined) book.set<Book, 'oracle'>(book, 'oracle', newOracle())
  return book.oracle ?? newOracle()
}

const standing = (oracle: Oracle, id: string): readonly [IndexOf, IndexNow] => {
  const [terms, now] = [oracle.terms.get(id), oracle.indices.get(id)]
  if (terms === undefined || now === undefined) throw new RangeError(`an event names index ${id}, which was never set`)
  return [terms, now]
}

const put = (book: Book, id: string, now: IndexNow): void =>
  book.put<Oracle, IndexNow>(oracleOf(book), 'indices', id, now)

/** Its price stays, and what is held; suspensions, halves and scores begin anew. */
export const applyIndexSet = (book: Book, { terms: said }: EventData<'IndexSet'>): void => {
  const oracle = oracleOf(book)
  const { index: id } = said
  coverWindows(book, id)
  const { price, held } = oracle.indices.get(id) ?? {}
  const set = (): void => book.put<Oracle, IndexOf>(oracle, 'terms', id, indexOf(said))
  const before = oracle.terms.get(id)
  if (before === undefined || before.said.tolerance_ms === said.tolerance_ms) set()
  else {
    noteLivedOf(book, ({ index }) => index === id)
    keepCountdowns(book, book.accounts.values(), set)
  }
  put(book, id, { price, held, suspended: [], halved: [], tally: newTally(epochAt(book.at, said)) })
  remarkAll(book)
}

export const applyQuotes = (book: Book, { taken }: EventData<'QuotesTaken'>): void => {
  for (const quote of taken) {
    const { base, source, currency, at, price, confidence } = quote
    const last = {
      currency,
      price: decimal(price),
      at: parseTime(at),
      confidence: confidence === undefined ? undefined : decimal(confidence),
      digest: truthOf(quote),
    }
    book.put<Oracle, LastQuote>(oracleOf(book), 'quotes', quoteName(base, source), last)
  }
}

/** Whoever signs two truths of anything is believed in nothing; for one of a later time it pays again, and no more for this. */
export const applyEquivocated = (book: Book, { source, base, at }: EventData<'SourceEquivocated'>): void => {
  const oracle = oracleOf(book)
  const name = quoteName(base, source)
  const paidFor = Math.max(parseTime(at), oracle.equivocated.get(name) ?? Number.NEGATIVE_INFINITY)
  book.put<Oracle, Millis>(oracle, 'equivocated', name, paidFor)
  for (const [id, now] of oracle.indices)
    if (oracle.terms.get(id)?.said.sources.some((each) => each.source === source) && !now.suspended.includes(source))
      put(book, id, { ...now, suspended: [...now.suspended, source].sort() })
}

export const applyScored = (book: Book, { index: id, halved }: EventData<'SourcesScored'>): void => {
  const [{ said }, now] = standing(oracleOf(book), id)
  put(book, id, { ...now, halved, tally: newTally(epochAt(book.at, said)) })
}

/** One more round of the epoch, with who was in it, and who of them was off. */
const tallied = (
  { epoch, rounds, scores }: Tally,
  { said: { sources } }: IndexOf,
  { sources: present, off }: EventData<'IndexTicked'>,
): Tally => ({
  epoch,
  rounds: rounds + 1,
  scores: sources.map(({ source }) => {
    const before = scores.find((score) => score.source === source) ?? { source, rounds: 0, off: 0 }
    if (!present.includes(source)) return before
    return { source, rounds: before.rounds + 1, off: before.off + (off.includes(source) ? 1 : 0) }
  }),
})

export const applyTicked = (book: Book, data: EventData<'IndexTicked'>): void => {
  coverWindows(book, data.index)
  const [terms, now] = standing(oracleOf(book), data.index)
  const epoch = epochAt(book.at, terms.said)
  const tally = now.tally.epoch === epoch ? now.tally : newTally(epoch)
  put(book, data.index, {
    ...now,
    price: {
      price: decimal(data.price),
      slow: decimal(data.slow),
      observedAt: parseTime(data.observedAt),
      confidence: decimal(data.confidence),
    },
    held: undefined,
    tally: tallied(tally, terms, data),
  })
}

export const applyIndexHeld = (book: Book, { index, candidate, observedAt, why }: EventData<'IndexHeld'>): void => {
  coverWindows(book, index)
  const [, now] = standing(oracleOf(book), index)
  put(book, index, { ...now, held: { price: decimal(candidate), observedAt: parseTime(observedAt), why } })
}

const levelsIn = (levels: readonly { readonly bps: number; readonly bid: string; readonly ask: string }[]) =>
  levels.map(({ bps, bid, ask }): DepthLevel => ({ bps, bid: decimal(bid), ask: decimal(ask) }))

/** What is seen of depth goes on in the course of each index whose source saw it. */
export const applyObservations = (book: Book, { taken }: EventData<'ObservationsTaken'>): void => {
  const oracle = oracleOf(book)
  for (const { source, base, kind, at, levels = [] } of taken) {
    const last = { at: parseTime(at), levels: levelsIn(levels) }
    book.put<Oracle, LastObservation>(oracle, 'observations', observationName(base, source, kind), last)
  }
  const deep = taken.filter(({ kind }) => kind === 'depth')
  for (const [id, terms] of oracle.terms) {
    const { base, sources, freshness_ms } = terms.said
    const isOf = deep.some((seen) => seen.base === base && sources.some(({ source }) => source === seen.source))
    if (!isOf) continue
    const { said, seen } = oracle.depths.get(id) ?? { said: [], seen: [] }
    const course = courseWith({ seen }, depthSeen(oracle, terms, book.at), book.at, freshness_ms)
    book.put<Oracle, DepthNow>(oracle, 'depths', id, { said, seen: course })
  }
}

export const applyDepth = (book: Book, { index, levels }: EventData<'DepthObserved'>): void => {
  const oracle = oracleOf(book)
  const { seen } = oracle.depths.get(index) ?? { seen: [] }
  book.put<Oracle, DepthNow>(oracle, 'depths', index, { said: levelsIn(levels), seen })
}
