import { type Decimal, decimal } from '@novation/decimal'
import type { EventData, Millis, IndexTerms as Said } from '@novation/events'
import type { Candidate, Covered, IndexTerms } from '@novation/risk'
import type { Table } from './table'

/** What a source said last of something. */
export interface LastQuote {
  readonly currency: string
  readonly price: Decimal
  readonly at: Millis
  readonly confidence: Decimal | undefined
  /** Of what was signed: the same time with another content is another truth. */
  readonly digest: string
}

/** What an index is made of, as it was said, and read. */
export interface IndexOf {
  readonly said: Said
  readonly rules: IndexTerms & Scoring
}

/** By what sources are scored. */
interface Scoring {
  readonly off: Decimal
  readonly offSpreads: Decimal
  readonly offShare: Decimal
}

/** The last price of an index. */
export interface IndexPrice {
  readonly price: Decimal
  readonly slow: Decimal
  readonly observedAt: Millis
  readonly confidence: Decimal
}

/** How each source did since the epoch began, and in how many rounds. */
export interface Tally {
  readonly epoch: number
  readonly rounds: number
  readonly scores: EventData<'SourcesScored'>['tally']
}

/** How an index stands. */
export interface IndexNow {
  readonly price: IndexPrice | undefined
  readonly held: Candidate | undefined
  /** Who has signed two truths since it was set, and counts no more. */
  readonly suspended: readonly string[]
  /** Whose weight counts half. */
  readonly halved: readonly string[]
  readonly tally: Tally
}

/**
 * The price of an index over a time, so far: from `from` on, until `window_ms` of it had a price that counted. What comes at `until`
 * or later does not count.
 */
export interface PriceWindow {
  readonly index: string
  readonly from: Millis
  readonly window_ms: Millis
  readonly until: Millis
  /** As far as something has changed since: what goes on from there follows from the index as it stands. */
  readonly covered: Covered
}

/** Which window of which index, whoever looks through it. */
export type WindowTerms = Omit<PriceWindow, 'covered'>

/** How much of the base is offered up to a distance from the price, on either side. */
export interface DepthLevel {
  readonly bps: number
  readonly bid: Decimal
  readonly ask: Decimal
}

/** When a source last saw something of a market beside its price, and how deep that was, where it was that. */
export interface LastObservation {
  readonly at: Millis
  readonly levels: readonly DepthLevel[]
}

/** How deep the market of an index is: as it was said last, and its course within the window. */
export interface DepthNow {
  readonly said: readonly DepthLevel[]
  readonly seen: readonly { readonly at: Millis; readonly levels: readonly DepthLevel[] }[]
}

/** Where prices come from. */
export interface Oracle {
  readonly terms: Table<IndexOf>
  readonly indices: Table<IndexNow>
  /** By what they are of, and the source (`quoteName`). */
  readonly quotes: Table<LastQuote>
  /** What somebody is to be settled at, so far, by `windowName`. */
  readonly windows: Table<PriceWindow>
  /** Of what, and when, each source last had signed two truths that it has paid for, by `quoteName`. */
  readonly equivocated: Table<Millis>
  /** By what they are of, the source, and what was seen (`observationName`). */
  readonly observations: Table<LastObservation>
  /** By index. */
  readonly depths: Table<DepthNow>
}

/** No name has a slash. */
export const quoteName = (base: string, source: string): string => `${base}/${source}`

export const observationName = (base: string, source: string, kind: string): string => `${base}/${source}/${kind}`

export const newOracle = (): Oracle => ({
  terms: new Map(),
  indices: new Map(),
  quotes: new Map(),
  windows: new Map(),
  equivocated: new Map(),
  observations: new Map(),
  depths: new Map(),
})

export const indexOf = (said: Said): IndexOf => ({
  said,
  rules: {
    ...said,
    conversions: new Map(Object.entries(said.conversions)),
    deviation: decimal(said.deviation),
    conversionSpread: decimal(said.conversionSpread),
    off: decimal(said.off),
    offSpreads: decimal(said.offSpreads),
    offShare: decimal(said.offShare),
  },
})

/** An epoch is a whole number of its lengths since 1970. */
export const epochAt = (at: Millis, { epoch_ms }: Pick<Said, 'epoch_ms'>): number => Math.floor(at / epoch_ms)

export const newTally = (epoch: number): Tally => ({ epoch, rounds: 0, scores: [] })

/** Whether anything may be decided on the price of an index at a time: it has one, not too old, and no other is held. */
export const isUsable = ({ said }: IndexOf, { price, held }: IndexNow, at: Millis): boolean =>
  price !== undefined && held === undefined && at - price.observedAt <= said.tolerance_ms
