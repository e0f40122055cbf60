import type { Decimal } from '@novation/decimal'
import type { Table } from './table'

/** One of the house's own accounts. */
export interface House {
  readonly kind: 'house'
  readonly name: string
  readonly balances: Table<Decimal>
}
