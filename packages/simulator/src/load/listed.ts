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
  /** Of what may cost nothing, or less: what its margin is a share of at the least. */
  readonly floor?: number
  /** Sizes are multiples of ten to this power: so many are worth some 30 to 300. */
  readonly power: number
  readonly margin: MarginOf
}

const prices = [0.0000042, 0.031, 1, 64_000, 250_000_000] as const

const multipliers = ['0.001', '0.25', '7.5', '10'] as const

/** So many units of size, as a quantity. */
export const quantityOf = ({ power }: Listed, units: number): string =>
  (units * 10 ** power).toFixed(Math.max(0, -power))

/** What shares of a price are shares of. */
export const refOf = ({ floor }: Pick<Listed, 'floor'>, price: number): number =>
  floor === undefined ? price : Math.max(Math.abs(price), floor)

/** A price times so much; of what may cost nothing or less, moved by as large a share of its reference. */
export const times = (listed: Pick<Listed, 'floor'>, price: number, factor: number): number =>
  listed.floor === undefined ? price * factor : price + refOf(listed, price) * (factor - 1)

/** How many units come to about so much in the settlement asset at the first price; one at least. */
export const unitsFor = (listed: Listed, worth: number): number =>
  Math.max(1, Math.round(worth / (10 ** listed.power * refOf(listed, listed.price) * Number(listed.multiplier))))

/** The price that can be quoted: never nothing, unless it may be. */
export const atLeastATick = ({ places, floor }: Pick<Listed, 'places' | 'floor'>, price: number): number =>
  floor === undefined ? Math.max(10 ** -places, price) : price

/** A price as it is quoted. */
export const quoted = (listed: Pick<Listed, 'places' | 'floor'>, price: number): string =>
  atLeastATick(listed, price).toFixed(listed.places)

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

/** What one price is above another: from something to less than nothing, in a few steps. */
const spreadAs = (dice: Dice, traits: Traits): Listed => {
  const floor = dice.pick([20, 100])
  return {
    id: 'SPREAD',
    kind: 'perpetual',
    price: dice.pick([8, 1.5, -3]),
    places: 4,
    multiplier: '1',
    floor,
    power: Math.round(Math.log10(100 / floor)),
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
  ...(traits.has('spread') ? [spreadAs(dice.for('SPREAD'), traits)] : []),
]
