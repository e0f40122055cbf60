import { type Decimal, max, negate, zero } from '@novation/decimal'

/** What an account lacks: minus its equity where that is below zero. */
export const deficitOf = (equity: Decimal): Decimal => max(zero, negate(equity))
