import type { Decimal } from '@novation/decimal'

/** A holder of an instrument as its counterparties are ranked. */
export interface RankedOf<A, H, V> {
  readonly account: A
  readonly health: H
  readonly valued: V
  /** What of the position is no hedge. */
  readonly free: Decimal
  /** Whether the position has a profit, and the account too. */
  readonly gains: boolean
  readonly id: string
  readonly gain: Decimal
  readonly base: Decimal
}

/**
 * All on one side of an instrument at the present prices: accounts below their own line, those in profit, and the others,
 * by rank. It is corrected by who has changed, and made anew once a price has moved, or profit has matured.
 */
export interface RankingOf<A, R> {
  readonly priceMoves: number
  /** The cycle in which profit was looked at. */
  readonly cycle: number
  /** How many of the accounts changed since it has seen. */
  seen: number
  readonly members: Map<A, R>
  readonly breached: R[]
  readonly gaining: R[]
  readonly others: R[]
}
