import { type Decimal, decimal } from '@novation/decimal'
import type { EventData, Millis, IndexTerms as Said } from '@novation/events'
import type { Candidate, IndexTerms } from '@novation/risk'
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

/** Where prices come from. */
export interface Oracle {
  readonly terms: Table<IndexOf>
  readonly indices: Table<IndexNow>
  /** By what they are of, and the source (`quoteName`). */
  readonly quotes: Table<LastQuote>
}

/** No name has a slash. */
export const quoteName = (base: string, source: string): string => `${base}/${source}`

export const newOracle = (): Oracle => ({ terms: new Map(), indices: new Map(), quotes: new Map() })

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
