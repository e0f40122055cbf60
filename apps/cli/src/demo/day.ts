import type { Millis } from '@novation/events'

/** What the demo trades. Prices have so many places, quantities are whole numbers of `lot`. */
export const instruments = {
  'BTC-PERP': { places: 2, lot: '0.001' },
  'ETH-PERP': { places: 3, lot: '0.01' },
  'LINK-PERP': { places: 5, lot: '1' },
  'BTC-0313': { places: 2, lot: '0.001' },
} as const

export type InstrumentName = keyof typeof instruments

/** The dated future: it follows BTC at a small premium until it expires. */
export const future = 'BTC-0313' satisfies InstrumentName

/** The prices of all instruments at one time. */
export interface Moment {
  readonly at: Millis
  readonly prices: Readonly<Record<InstrumentName, string>>
}

/** A path of prices, and how its times are to be read. */
export interface Day {
  readonly moments: readonly Moment[]
  /** From one bar to the next, in seconds: auctions and price tolerance follow from it. */
  readonly bar_s: number
  /** By when (as a part of the path) everybody who comes early has come. */
  readonly calmUntil: number
  readonly origin: string
}

const future_premium = 1.002

/** Prices as texts, the future's derived from BTC's. */
export const momentOf = (at: Millis, btc: number, eth: number, link: number): Moment => ({
  at,
  prices: {
    'BTC-PERP': btc.toFixed(instruments['BTC-PERP'].places),
    'ETH-PERP': eth.toFixed(instruments['ETH-PERP'].places),
    'LINK-PERP': link.toFixed(instruments['LINK-PERP'].places),
    [future]: (btc * future_premium).toFixed(instruments[future].places),
  },
})
