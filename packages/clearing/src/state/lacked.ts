import type { Decimal } from '@novation/decimal'

/**
 * What all accounts below zero lack to their maintenance margin: the sum of what each lacked when it was last judged, and
 * how far at most that has moved since, by prices and by rounding.
 */
export interface Lacking {
  sum: Decimal
  /** By how much they are below zero, each in whole units, at prices that have moved since where it is old. */
  below: Decimal
  isOld: boolean
  drift: number
  rounding: number
}
