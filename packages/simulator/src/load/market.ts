import type { Dice } from '../engine/dice'
import type { Weather } from '../engine/weather'
import { atLeastATick, quoted, times } from './listed'
import type { Priced } from './scene'
import type { Traits } from './traits'

export interface Quote {
  /** An instrument, or an asset. */
  readonly name: string
  readonly price: string
  readonly observed_ms: number
}

export interface Market {
  /** The quotes of one step, `at_ms` after the beginning: one, none in a gap, or a lie. */
  readonly tick: (step: number, at_ms: number) => readonly Quote[]
  /** A quote of a price that is what it was, times so much. */
  readonly move: (name: string, factor: number, at_ms: number) => Quote
  readonly prices: () => ReadonlyMap<string, number>
}

/** Prices that walk, creep, jump, fall to almost nothing, stay out, and are lied about. */
export const marketOf = (dice: Dice, weather: Weather, priced: readonly Priced[], traits: Traits): Market => {
  const prices = new Map<string, number>(priced.map(({ id, price }) => [id, price]))
  const silentUntil = new Map<string, number>()
  const pricedOf = new Map(priced.map((each) => [each.id, each]))
  const termsOf = (name: string): Pick<Priced, 'places' | 'floor'> => pricedOf.get(name) ?? { places: 2 }

  /** A market that falls or rises takes one account after the other over its lines. */
  const drift = dice.pick([0, -0.03, 0.03])

  /** What a price is multiplied by next; of what may cost nothing or less, by how large a share of its reference it moves. */
  const factor = (): number => {
    if (dice.chance(weather['price-crash'] * 0.06)) return dice.pick([0.7, 0.4, 0.05, 0.0002])
    if (dice.chance(weather['price-gap'] * 0.15)) return dice.pick([0.85, 0.9, 1.12, 1.3])
    if (traits.has('creeping') && dice.chance(0.7)) return 1 + dice.pick([0, 0, 1e-5, -1e-5, 1e-4, -1e-4])
    return drift + 0.94 + 0.12 * dice.next()
  }

  const textOf = (name: string, price: number): string => quoted(termsOf(name), price)

  const told = (name: string, price: number, at_ms: number): Quote => {
    const quote = { name, price: textOf(name, price), observed_ms: at_ms }
    if (!dice.chance(weather['lying-source'] * 0.2)) return quote
    return dice.pick<Quote>([
      { ...quote, price: textOf(name, price * dice.pick([0.1, 3, 20])) },
      { ...quote, observed_ms: Math.max(0, at_ms - dice.whole(1_000, 120_000)) },
      { ...quote, observed_ms: at_ms + dice.whole(1_000, 120_000) },
      { ...quote, price: dice.pick(['0', '-5', '99999999999']) },
    ])
  }

  const set = (name: string, price: number): number => {
    const kept = atLeastATick(termsOf(name), price)
    prices.set(name, kept)
    return kept
  }

  return {
    prices: () => prices,
    move: (name, by, at_ms) => {
      const price = set(name, times(termsOf(name), prices.get(name) ?? 100, by))
      return { name, price: textOf(name, price), observed_ms: at_ms }
    },
    tick: (step, at_ms) =>
      priced.flatMap(({ id: name, price: first }) => {
        if (step > 0 && dice.chance(0.4)) return []
        if ((silentUntil.get(name) ?? 0) > at_ms) return []
        if (step > 0 && dice.chance(weather['price-gap'] * 0.1))
          silentUntil.set(name, at_ms + dice.whole(10_000, 90_000))
        if (step > 0 && traits.has('outages') && dice.chance(0.1))
          silentUntil.set(name, at_ms + dice.whole(10_000, 60_000))
        const next = step === 0 ? first : times(termsOf(name), prices.get(name) ?? first, factor())
        return [told(name, set(name, next), at_ms)]
      }),
  }
}
