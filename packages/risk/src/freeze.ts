import {
  add,
  atLeast,
  type Decimal,
  isPositive,
  minRatio,
  multiply,
  one,
  type Ratio,
  ratio,
  whole,
  zero,
} from '@novation/decimal'

/**
 * phi: what of every claim stays in the house while the pool is frozen: `min(1, shortfall / claims)`; all where nothing is
 * there to be claimed, nothing where nothing is short. `shortfall`: what all accounts below zero lack to their requirement,
 * beyond what the prefunded layers hold; `claims`: what the house holds that is not its own, with what those accounts lack.
 */
export const stays = (shortfall: Decimal, claims: Decimal): Ratio => {
  if (!isPositive(shortfall)) return whole(zero)
  return isPositive(claims) ? minRatio(whole(one), ratio(shortfall, claims)) : whole(one)
}

/** Whether a withdrawal leaves that part: W- afterwards, and what the account has taken since the freeze began, this withdrawal too. */
export const leavesShare = (phi: Ratio, worth: Decimal, taken: Decimal): boolean =>
  atLeast(multiply(worth, phi.denominator), multiply(add(worth, taken), phi.numerator))
