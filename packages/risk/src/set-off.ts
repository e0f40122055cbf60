import { type Decimal, floor, isPositive, max, min, subtract, zero } from '@novation/decimal'
import type { Amount } from './amounts'
import { byId } from './ids'

/** One account of an owner pays what another one owes. */
export interface SetOff {
  readonly from: string
  readonly to: string
  readonly amount: Decimal
}

/**
 * What the other accounts of an owner pay of its debts: debts by id, for each the accounts by id, each down to what its own
 * positions require (`amount`: what it has above that, rounded down here). Nobody is paid more than it owes.
 */
export const setOff = (debts: readonly Amount[], spare: readonly Amount[], places: number): readonly SetOff[] => {
  const left = new Map([...spare].sort(byId).map(({ id, amount }) => [id, max(zero, floor(amount, places))]))
  return [...debts].sort(byId).flatMap(({ id: to, amount: debt }) => {
    let missing = debt
    const payments: SetOff[] = []
    for (const [from, has] of left) {
      const amount = min(missing, has)
      if (from === to || !isPositive(amount)) continue
      left.set(from, subtract(has, amount))
      missing = subtract(missing, amount)
      payments.push({ from, to, amount })
    }
    return payments
  })
}
