import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'

export interface Quote {
  /** An instrument, or an asset. */
  readonly name: string
  readonly price: string
  readonly observed_ms: number
}

export interface Market {
  /** The quotes of one step, `at_ms` after the beginning: one, none in a gap, or a lie. */
  readonly tick: (step: number, at_ms: number) => readonly Quote[]
  readonly prices: () => ReadonlyMap<string, number>
}

/** Prices that walk, jump, fall to almost nothing, stay out, and are lied about. */
export const marketOf = (dice: Dice, weather: Weather, names: readonly string[]): Market => {
  const prices = new Map<string, number>(names.map((name) => [name, 100]))
  const silentUntil = new Map<string, number>()

  /** A market that falls or rises takes one account after the other over its lines. */
  const drift = dice.pick([0, -0.03, 0.03])

  const moved = (price: number): number => {
    if (dice.chance(weather['price-crash'] * 0.06)) return Math.max(0.01, price * dice.pick([0.7, 0.4, 0.05, 0.0002]))
    if (dice.chance(weather['price-gap'] * 0.15)) return price * dice.pick([0.85, 0.9, 1.12, 1.3])
    return price * (drift + 0.94 + 0.12 * dice.next())
  }

  const told = (name: string, price: number, at_ms: number): Quote => {
    const quote = { name, price: Math.max(0.01, price).toFixed(2), observed_ms: at_ms }
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
      names.flatMap((name) => {
        if (step > 0 && dice.chance(0.4)) return []
        if ((silentUntil.get(name) ?? 0) > at_ms) return []
        if (step > 0 && dice.chance(weather['price-gap'] * 0.1))
          silentUntil.set(name, at_ms + dice.whole(10_000, 90_000))
        const price = step === 0 ? 100 : moved(prices.get(name) ?? 100)
        prices.set(name, price)
        return [told(name, price, at_ms)]
      }),
  }
}
