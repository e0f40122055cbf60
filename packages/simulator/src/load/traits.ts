import type { Dice } from '../engine/dice'

/** What a world may hold beside the plain one, and in how many of them it does. */
const shares = {
  /** Margin runs in two processes, each for its part of the accounts. */
  shards: 0.25,
  /** Collateral that is not the settlement asset, with a haircut and a price of its own. */
  collateral: 0.3,
  /** Two pools, each on a partition of its own, in the same processes. */
  pools: 0.2,
  /** Prices that put an account exactly on one of its lines, to the last unit, or one unit beside it. */
  lines: 0.35,
  /** So many holders that a settlement, and a loss, does not fit in one append. */
  crowd: 0.01,
} as const

export type Trait = keyof typeof shares

export type Traits = ReadonlySet<Trait>

export const traitNames = Object.keys(shares) as readonly Trait[]

/** By swarm, as faults are. `only` leaves the others out. */
export const traitsOf = (dice: Dice, only?: readonly Trait[]): Traits =>
  new Set(only ?? traitNames.filter((name) => dice.for(name).chance(shares[name])))

/** The pools of a world: each a key of the bus, and a stream of the store. */
export const poolsOf = (traits: Traits): readonly [string, ...string[]] =>
  traits.has('pools') ? ['main', 'side'] : ['main']
