import type { Dice } from '../engine/dice'
import { type MarginOf, marginTerms } from './terms'
import type { Traits } from './traits'

/** An instrument of a world: what one costs at first, and how much is a handy size. */
export interface Listed {
  readonly id: string
  readonly kind: 'perpetual' | 'future'
  readonly price: number
  /** To how many places prices are quoted. */
  readonly places: number
  readonly multiplier: string
  /** Sizes are multiples of ten to this power: so many are worth some 30 to 300. */
  readonly power: number
  readonly margin: MarginOf
}

const prices = [0.0000042, 0.031, 1, 64_000, 250_000_000] as const

const multipliers = ['0.001', '0.25', '7.5', '10'] as const

/** So many units of size, as a quantity. */
export const quantityOf = ({ power }: Listed, units: number): string =>
  (units * 10 ** power).toFixed(Math.max(0, -power))

/** How many units come to about so much in the settlement asset at the first price; one at least. */
export const unitsFor = ({ power, price, multiplier }: Listed, worth: number): number =>
  Math.max(1, Math.round(worth / (10 ** power * price * Number(multiplier))))

/** A price as it is quoted; never nothing. */
export const quoted = ({ places }: Pick<Listed, 'places'>, price: number): string =>
  Math.max(10 ** -places, price).toFixed(places)

const listedAs = (dice: Dice, traits: Traits, id: string, kind: Listed['kind']): Listed => {
  const price = traits.has('extremes') && dice.chance(0.7) ? dice.pick(prices) : 100
  const multiplier = traits.has('multiplier') && dice.chance(0.7) ? dice.pick(multipliers) : '1'
  const finer = traits.has('creeping') ? 3 : 0
  return {
    id,
    kind,
    price,
    places: Math.max(2, 4 - Math.floor(Math.log10(price))) + finer,
    multiplier,
    power: Math.round(Math.log10(100 / (price * Number(multiplier)))),
    margin: marginTerms(dice, traits),
  }
}

/** What is traded in a world. */
export const listedIn = (dice: Dice, traits: Traits): readonly [Listed, ...Listed[]] => [
  listedAs(dice.for('BTC-PERP'), traits, 'BTC-PERP', 'perpetual'),
  listedAs(dice.for('ETH-FUT'), traits, 'ETH-FUT', 'future'),
  ...(traits.has('third') || traits.has('debtors')
    ? [listedAs(dice.for('ALT-PERP'), traits, 'ALT-PERP', 'perpetual')]
    : []),
]
