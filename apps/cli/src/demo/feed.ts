import type { Millis, UnsignedQuote } from '@novation/events'
import { type MadeSource, madeSources } from '@novation/source'
import { type Day, type Listed, type Moment, priceOf } from './day'
import { asset, type Wish, wish } from './house'

/** How many sources sign the prices of a demo, and how many of them lie. */
export interface Sources {
  readonly sources: number
  readonly liars: number
}

/** Where the prices of a demo come from: sources, what they are to be believed for, and what they say. */
export interface Feed extends Sources {
  readonly quorum: number
  readonly names: readonly MadeSource[]
  /** What makes the indices of the market, and what each source loses if it signs two truths. */
  readonly indices: readonly Wish[]
  /** Whose ticks are the price of an instrument. */
  readonly indexOf: (instrument: string) => string
  /** What an index really was at a time. */
  readonly pathOf: (index: string, at: Millis) => number
  /** What all sources say in a round. */
  readonly quotesAt: (now: Millis) => readonly UnsignedQuote[]
}

/** The least that two thirds of them, and one more, weigh: a third may lie, and the rest of it be silent. */
export const quorumOf = (sources: number): number => Math.floor((2 * sources) / 3) + 1

/** What a source of a demo puts up. */
const bond = '1000.00'

const baseOf = ({ instrument }: Listed): string => instrument.replace(/-PERP$/, '')
const indexCalled = (base: string): string => `${base}-${asset}`

/** The dated future costs what the market that it follows does: one index is the price of both. */
export const onIndices = (day: Day): Day => {
  const { lead, future } = day.market
  const moments = day.moments.map((moment): Moment => {
    const price = priceOf(moment, lead)
    return { ...moment, prices: { ...moment.prices, [future.instrument]: price } }
  })
  return { ...day, moments }
}

/** What an instrument cost at a time: between two moments, on the line between them. */
const pathOver =
  (moments: readonly Moment[]) =>
  (listed: Listed, at: Millis): number => {
    let [low, high] = [0, moments.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((moments[middle]?.at ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const [from, to] = [moments[low], moments[low + 1]]
    if (from === undefined) return 0
    const before = Number(priceOf(from, listed))
    if (to === undefined || at <= from.at) return before
    return before + ((Number(priceOf(to, listed)) - before) * (at - from.at)) / (to.at - from.at)
  }

/** The shortest time between two moments. */
const stepOf = ({ moments, bar_s }: Day): Millis =>
  moments.reduce(
    (least, { at }, i) => Math.min(least, at - (moments[i - 1]?.at ?? Number.NEGATIVE_INFINITY)),
    bar_s * 1000,
  )

/** Prices by signed quotes: an index for each market of a day, of sources that follow from the day, their number and the seed. */
export const feedOf = (day: Day, seed: number, { sources, liars }: Sources): Feed => {
  const { lead, second, third, future } = day.market
  const step_ms = stepOf(day)
  const priced = [lead, second, third]
  const byIndex = new Map(priced.map((listed) => [indexCalled(baseOf(listed)), listed]))
  const indexBy = new Map([
    ...priced.map((listed) => [listed.instrument, indexCalled(baseOf(listed))] as const),
    [future.instrument, indexCalled(baseOf(lead))],
  ])
  const path = pathOver(day.moments)
  const pathOf: Feed['pathOf'] = (index, at) => path(byIndex.get(index) ?? lead, at)
  const quorum = quorumOf(sources)
  const names = madeSources(
    {
      seed: String(seed),
      quoted: priced.map((listed) => ({ base: baseOf(listed), currency: asset, places: listed.places })),
      path: (base, at) => pathOf(indexCalled(base), at),
      begins: day.moments[0]?.at ?? 0,
      ends: day.moments.at(-1)?.at ?? 0,
      step_ms,
    },
    sources,
    liars,
  )
  // Time runs as the bars do: what is said counts until the next round, and a price for as long as any in this pool.
  const times = {
    freshness_ms: step_ms,
    tolerance_ms: Math.max(1, Math.round(3 * day.bar_s)) * 1000,
    epoch_ms: step_ms * 60,
  }
  const indices = priced.map((listed) => {
    const said = { index: indexCalled(baseOf(listed)), base: baseOf(listed), currency: asset, places: listed.places }
    const who = names.map(({ source }) => ({ source, weight: 1 }))
    return wish('operator', 'SetIndex', { ...said, sources: who, quorum, ...times })
  })
  const bonds = names.map(({ source }) => wish('operator', 'BondSource', { source, asset, amount: bond }))
  return {
    sources,
    liars,
    quorum,
    names,
    indices: [...bonds, ...indices],
    indexOf: (instrument) => indexBy.get(instrument) ?? '',
    pathOf,
    quotesAt: (now) => names.flatMap(({ says }) => says(now)),
  }
}
