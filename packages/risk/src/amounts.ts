import type { Decimal } from '@novation/decimal'

/** So much for, or from, what has this id. */
export interface Amount {
  readonly id: string
  readonly amount: Decimal
}
