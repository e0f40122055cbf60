import type { Dice } from './dice'

/** What can go wrong, and how often: probabilities per occasion, zero where a seed leaves it out. */
export const faultNames = [
  'crash',
  'stop',
  'answer-lost',
  'unavailable',
  'slow-store',
  'publish-lost',
  'publish-unavailable',
  'duplicate',
  'slow-bus',
  'rebalance',
  'stale-checkpoint',
  'skew',
  'rival',
  'price-gap',
  'price-crash',
  'lying-source',
  'keeper-gone',
  'late-timer',
  'end-in-backoff',
  'power-cut',
  'disk-fails',
  'refused',
] as const

export type Fault = (typeof faultNames)[number]

/** How much of each fault there is in one world, from 0 (none) to 1. */
export type Weather = Readonly<Record<Fault, number>>

export const calm: Weather = Object.fromEntries(faultNames.map((name) => [name, 0])) as Record<Fault, number>

/**
 * By swarm: each fault is on in about half of the worlds, and rare or frequent where it is on. `only` leaves the others out; at
 * `fullForce` there is as much of each as there ever is.
 */
export const weatherOf = (dice: Dice, only?: readonly Fault[], fullForce = false): Weather =>
  Object.fromEntries(
    faultNames.map((name) => {
      const own = dice.for(name)
      const drawn = own.chance(0.5)
      const level = fullForce ? 1 : 0.1 + 0.9 * own.next() ** 2
      return [name, (only === undefined ? drawn : only.includes(name)) ? level : 0]
    }),
  ) as Record<Fault, number>
