import type { Decimal } from '@novation/decimal'

/** What one account below zero lacked when it was last judged. */
export interface Lacked {
  /** To its maintenance margin. */
  readonly sum: Decimal
  /** How far below zero it was, in whole units. */
  readonly below: Decimal
  /** How far at most rounding may have moved that. */
  readonly rounding: number
}

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
