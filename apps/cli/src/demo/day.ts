import type { Millis } from '@novation/events'

/** One instrument: its prices have so many places, quantities are whole numbers of `lot`. */
export interface Listed {
  readonly instrument: string
  readonly places: number
  readonly lot: string
}

/** What the demo trades: a perpetual whose prices are known, two that move with it, and a dated future that follows it until it expires. */
export interface Market {
  readonly lead: Listed
  readonly second: Listed
  readonly third: Listed
  readonly future: Listed
}

export type Role = keyof Market

/** The prices of all instruments at one time. */
export interface Moment {
  readonly at: Millis
  readonly prices: Readonly<Record<string, string>>
}

/** A path of prices, and how its times are to be read. */
export interface Day {
  readonly market: Market
  readonly moments: readonly Moment[]
  /** From one bar to the next, in seconds: auctions and price tolerance follow from it. */
  readonly bar_s: number
  /** By when (as a part of the path) everybody who comes early has come. */
  readonly calmUntil: number
  readonly origin: string
  /** What was understood of the prices without being said in them. */
  readonly notes: readonly string[]
}

/** What the future costs above the perpetual that it follows. */
const future_premium = 1.002

/** Prices as texts, the future's derived from the lead's. */
export const momentOf = (
  { lead, second, third, future }: Market,
  at: Millis,
  [first, other, last]: readonly [number, number, number],
): Moment => {
  const priced = ({ instrument, places }: Listed, price: number) => [instrument, price.toFixed(places)] as const
  return {
    at,
    prices: Object.fromEntries([
      priced(lead, first),
      priced(second, other),
      priced(third, last),
      priced(future, first * future_premium),
    ]),
  }
}

export const priceOf = ({ prices }: Moment, { instrument }: Listed): string => prices[instrument] ?? ''
