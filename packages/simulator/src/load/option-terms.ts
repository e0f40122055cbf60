import { usualModel } from '@novation/events'
import type { Dice } from '../engine/dice'

/** What the options of a world are on: an asset of their own, and what is traded on it besides. */
export const coin = 'XBT'
export const perpetual = 'XBT-PERP'
export const future = 'XBT-FUT'

export interface OptionTerms {
  readonly model: object
  readonly margin: object
  readonly parameters: object
  readonly expiries: readonly [number, ...number[]]
}

export interface Series {
  readonly id: string
  readonly expiry: number
  readonly strike: number
  readonly optionType: 'call' | 'put'
}

/** Wide moves of the index; or moves so small that it is the bend of the smile that costs the most. */
const scans: readonly [object, object] = [
  {},
  {
    spot: { range: '0.001', steps: 1, tails: [], tailFactor: '0' },
    volatility: { up: '0.001', down: '0.001', least: '0.01', floorDays: '60', shortPower: '0', longPower: '0' },
    basis: { up: '1.0001', down: '0.9999', add: '0', multiply: '0' },
    skew: { cBase: '0', cap: '0.3', minKStar: '0.01', width: '1', static: '0.1', scale: '0' },
    discount: { longBase: '0.6', longRate: '0', longAdd: '0', shortBase: '1.4', shortRate: '0', shortAdd: '0' },
  },
]

/** Three days: such options are worth something, and their expiry is beyond the world's end. */
const later_ms = 259_200_000

/** The terms of a world's options, of which the first expiry comes while there is a storm. */
export const optionTerms = (dice: Dice, from: number, isBent: boolean): OptionTerms => {
  const first = from + dice.whole(40, 90) * 1000
  const scan = dice.pick(scans)
  return {
    model: { underlying: coin, ...usualModel, ...(isBent ? scans[1] : scan) },
    margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    parameters: {
      twap_s: dice.pick([5, 20]),
      longest_s: dice.pick([60, 120]),
      forwardTolerance_s: dice.whole(15, 40),
      volatilityTolerance_s: dice.whole(15, 40),
    },
    expiries: [first, dice.chance(0.3) ? first + dice.whole(20, 300) * 1000 : from + later_ms],
  }
}

const listed = [
  [100, 'call'],
  [105, 'call'],
  [95, 'put'],
] as const

export const seriesIn = ({ expiries }: OptionTerms): readonly Series[] =>
  expiries.flatMap((expiry, e) =>
    listed.map(([strike, optionType]) => ({ id: `X${strike}-${optionType}-${e + 1}`, expiry, strike, optionType })),
  )

/** Any of those that have not come to their end; nothing where all have. */
export const anySeries = (dice: Dice, terms: OptionTerms, at: number): Series | undefined => {
  const [first, ...others] = seriesIn(terms).filter(({ expiry }) => expiry > at)
  return first === undefined ? undefined : dice.pick([first, ...others])
}

/** Those that have not come yet. */
export const expiriesIn = ({ expiries }: OptionTerms, at: number): readonly number[] =>
  expiries.filter((expiry) => expiry > at)
