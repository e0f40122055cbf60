import { type Decimal, max, negate, zero } from '@novation/decimal'
import type { Health } from './pool'

/** What an account lacks at its best: minus its worth where that is below zero. */
export const deficitOf = ({ best }: Pick<Health, 'best'>): Decimal => max(zero, negate(best))
