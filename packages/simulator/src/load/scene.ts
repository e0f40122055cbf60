import type { Traits } from './traits'

/** Every world begins at this time. */
export const begin = Date.parse('2020-03-12T10:00:00Z')

export const traders = ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'] as const

/** A keeper that does not trade, with capital for any bid; in some worlds. */
export const richKeeper = 'k1'

export const instruments = ['BTC-PERP', 'ETH-FUT'] as const

/** Collateral that is not the settlement asset. */
export const gold = 'GOLD'

/** Where a plan plays: in which pool, for how many steps, and what its world holds. */
export interface Scene {
  readonly pool: string
  readonly steps: number
  readonly traits: Traits
}

/** Everything that has a price here. */
export const pricedIn = ({ traits }: Scene): readonly string[] =>
  traits.has('collateral') ? [...instruments, gold] : instruments
