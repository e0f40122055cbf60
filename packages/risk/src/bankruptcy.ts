import {
  ceilRatio,
  type Decimal,
  divideCeil,
  divideFloor,
  isNegative,
  multiply,
  ratio,
  subtract,
} from '@novation/decimal'

/**
 * Cash that closing `closed` of `held` moves to the account (from it, where negative) when the counterparty takes over the
 * position's share of what equity is left, or of what is missing: `ceil(signedValue - equity * MM_i / MM * s / |q|)`.
 * `signedValue` is that of what is closed at the mark: above zero for a long, below for a short. Sizes are absolute.
 * Rounded up, in favour of the account and so of the fund behind it.
 */
export const bankruptcyCash = (
  signedValue: Decimal,
  equity: Decimal,
  margin: Decimal,
  totalMargin: Decimal,
  closed: Decimal,
  held: Decimal,
  places: number,
): Decimal => {
  const whole = multiply(totalMargin, held)
  const given = multiply(multiply(equity, margin), closed)
  return ceilRatio(ratio(subtract(multiply(signedValue, whole), given), whole), places)
}

export interface BankruptPosition {
  /** Signed. */
  readonly quantity: Decimal
  readonly mark: Decimal
  readonly multiplier: Decimal
  readonly margin: Decimal
  readonly totalMargin: Decimal
  /** Of the account. */
  readonly equity: Decimal
}

/**
 * The price at which closing the position gives away exactly its share of the account's equity, so that nothing is left
 * and nothing missing: `mark - equity * MM_i / MM / (quantity * multiplier)`. For display: money moves by `bankruptcyCash`.
 * Rounded to `places` of the price in favour of the account: up for a long, which sells, down for a short, which buys.
 */
export const bankruptcyPrice = (position: BankruptPosition, places: number): Decimal => {
  const { quantity, mark, multiplier, margin, totalMargin, equity } = position
  const size = multiply(multiply(quantity, multiplier), totalMargin)
  const cash = subtract(multiply(mark, size), multiply(equity, margin))
  return isNegative(quantity) ? divideFloor(cash, size, places) : divideCeil(cash, size, places)
}
