import type { Listed } from './listed'
import type { Traits } from './traits'

/** Every world begins at this time. */
export const begin = Date.parse('2020-03-12T10:00:00Z')

export const traders = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'] as const

/** A keeper that does not trade, with capital for any bid; in some worlds. */
export const richKeeper = 'k1'

/** Collateral that is not the settlement asset. */
export const gold = 'GOLD'

/** Where a plan plays: in which pool, for how many steps, what is traded there, and what its world holds. */
export interface Scene {
  readonly pool: string
  readonly steps: number
  readonly traits: Traits
  readonly listed: readonly [Listed, ...Listed[]]
}

/** Whether there is other collateral than the settlement asset. */
export const hasCoins = (traits: Traits): boolean => traits.has('collateral') || traits.has('debits')

/** Everything that has a price here, and what it costs at first. */
export const pricedIn = ({ traits, listed }: Scene): readonly Priced[] => [
  ...listed,
  ...(hasCoins(traits) ? [{ id: gold, price: 100, places: 2 }] : []),
]

/** Something with a price: what it costs at first, and to how many places it is quoted. */
export type Priced = Pick<Listed, 'id' | 'price' | 'places' | 'floor'>
