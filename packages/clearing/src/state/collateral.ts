import type { Decimal } from '@novation/decimal'

// What collateral comes to: values, made anew whenever they are asked for.

/** What an amount of an asset comes to, in the settlement asset. */
export interface Worth {
  /** At its last price; nothing where it never had one. */
  readonly last: Decimal
  /** At the worst: nothing while its price is not fresh; else at the worse of its last price and those beside it. */
  readonly worst: Decimal
  /** At the best: at the better of them, less what that has worn. */
  readonly best: Decimal
  /** At its last price where it can be dealt in, else at the best: what dealing in it leaves as it is. */
  readonly marked: Decimal
}

/** A coin of an account, as far as it counts; amounts in the settlement asset. */
export interface HeldCoin {
  readonly id: string
  readonly quantity: Decimal
  readonly decimals: number
  /** Its last price; nothing where it never had one. */
  readonly price: Decimal
  /** Quantity x price, exact. */
  readonly value: Decimal
  /** Its part of H+: what is required for it, its cut, but never more than it is worth at the best. */
  readonly required: Decimal
  /** Whether it can be sold now: its price is fresh. */
  readonly live: boolean
  /** Whether nothing is left of its price. */
  readonly wornOut: boolean
}

/** What all of an account's collateral comes to, and what is required for what is not the settlement asset (H-, H+). */
export interface Collateral extends Worth {
  readonly cutWorst: Decimal
  readonly cutBest: Decimal
  /** The same at the best, where what was raised counts already: what margin is called by. */
  readonly cutCall: Decimal
  /** Of the settlement asset, below zero where it is owed. */
  readonly cash: Decimal
  readonly coins: readonly HeldCoin[]
}
