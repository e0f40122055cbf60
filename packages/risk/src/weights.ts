import { abs, type Decimal, isPositive, one } from '@novation/decimal'

/** What something requires of margin, and what it is worth. */
export interface Weighed {
  /** r_n, not below zero. */
  readonly required: Decimal
  readonly value: Decimal
}

/** By what items count beside each other: by what each requires; where none requires anything by |value|, and where nothing is worth anything, alike. */
export const weightsOf = (items: readonly Weighed[]): readonly Decimal[] => {
  const required = items.map((item) => item.required)
  if (required.some(isPositive)) return required
  const values = items.map(({ value }) => abs(value))
  return values.some(isPositive) ? values : items.map(() => one)
}
