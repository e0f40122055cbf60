import type { Millis, UnsignedQuote } from '@novation/events'

/** What is quoted, to how many places. */
export interface Quoted {
  readonly base: string
  readonly currency: string
  readonly places: number
}

/** What made sources look at: the same for all of them, so that what they say follows from it and from who they are. */
export interface MadeMarket {
  readonly seed: string
  readonly quoted: readonly Quoted[]
  /** What one really costs at a time. */
  readonly path: (base: string, at: Millis) => number
  readonly begins: Millis
  readonly ends: Millis
  /** From one round of quotes to the next. */
  readonly step_ms: Millis
}

/** What a source says in a round: of each market one quote, none, or now and then two. */
export type Saying = (now: Millis) => readonly UnsignedQuote[]

/** A price as a quote says it: never nothing. */
export const priceText = (price: number, places: number): string => Math.max(10 ** -places, price).toFixed(places)
