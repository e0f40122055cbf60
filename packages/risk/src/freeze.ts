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

/**
 * Whether a withdrawal leaves that part: of what has stood (`stoodOf`), which is all that could leave, what there is afterwards, and
 * what the account has taken since the freeze began, this withdrawal too. What has not stood is no claim of its own: else
 * whoever has taken a share could hand the rest to a friend, and that would count as the share of the friend.
 */
export const leavesShare = (phi: Ratio, stood: Decimal, taken: Decimal): boolean =>
  atLeast(multiply(stood, phi.denominator), multiply(add(stood, taken), phi.numerator))
