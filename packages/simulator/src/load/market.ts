import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { instruments } from './house'

export interface Quote {
  readonly instrument: string
  readonly price: string
  readonly observed_ms: number
}

export interface Market {
  /** The quotes of one step, `at_ms` after the beginning: one, none in a gap, or a lie. */
  readonly tick: (step: number, at_ms: number) => readonly Quote[]
  readonly prices: () => ReadonlyMap<string, number>
}

/** Prices that walk, jump, fall to almost nothing, stay out, and are lied about. */
export const marketOf = (dice: Dice, weather: Weather): Market => {
  const prices = new Map<string, number>(instruments.map((instrument) => [instrument, 100]))
  const silentUntil = new Map<string, number>()

  const moved = (price: number): number => {
    if (dice.chance(weather['price-crash'] * 0.06)) return Math.max(0.01, price * dice.pick([0.7, 0.4, 0.05, 0.0002]))
    if (dice.chance(weather['price-gap'] * 0.15)) return price * dice.pick([0.85, 0.9, 1.12, 1.3])
    return price * (0.97 + 0.06 * dice.next())
  }

  const told = (instrument: string, price: number, at_ms: number): Quote => {
    const quote = { instrument, price: Math.max(0.01, price).toFixed(2), observed_ms: at_ms }
    if (!dice.chance(weather['lying-source'] * 0.2)) return quote
    return dice.pick<Quote>([
      { ...quote, price: (price * dice.pick([0.1, 3, 20])).toFixed(2) },
      { ...quote, observed_ms: Math.max(0, at_ms - dice.whole(1_000, 120_000)) },
      { ...quote, observed_ms: at_ms + dice.whole(1_000, 120_000) },
      { ...quote, price: dice.pick(['0', '-5', '99999999999']) },
    ])
  }

  return {
    prices: () => prices,
    tick: (step, at_ms) =>
      instruments.flatMap((instrument) => {
        if (step > 0 && dice.chance(0.4)) return []
        if ((silentUntil.get(instrument) ?? 0) > at_ms) return []
        if (step > 0 && dice.chance(weather['price-gap'] * 0.1))
          silentUntil.set(instrument, at_ms + dice.whole(10_000, 90_000))
        const price = step === 0 ? 100 : moved(prices.get(instrument) ?? 100)
        prices.set(instrument, price)
        return [told(instrument, price, at_ms)]
      }),
  }
}
