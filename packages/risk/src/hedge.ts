import { abs, atLeast, type Decimal, divideFloor, isNegative, isZero, multiply, zero } from '@novation/decimal'

/** A position, and all that its account holds in the same underlying. */
export interface Exposure {
  /** |quantity|. */
  readonly held: Decimal
  readonly lot: Decimal
  /** Notional of the position, with its sign. */
  readonly value: Decimal
  /** Sum of those of all positions in the underlying, this one among them. */
  readonly net: Decimal
}

/**
 * How much of a position is no hedge: `min(|q|, |net/value| * |q|)`, down to a lot, where it lies on the side to which the
 * account leans in the underlying; nothing where it lies on the other, for closing it would leave the account leaning more.
 */
export const unhedged = ({ held, lot, value, net }: Exposure): Decimal => {
  if (isZero(value) || isZero(net) || isNegative(value) !== isNegative(net)) return zero
  if (atLeast(abs(net), abs(value))) return held
  return multiply(lot, divideFloor(multiply(abs(net), held), multiply(abs(value), lot), 0))
}
