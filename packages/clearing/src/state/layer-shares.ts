import { add, type Decimal, divideFloor, isNegative, multiply, subtract, sum } from '@novation/decimal'

/** An account below zero, and what one prefunded layer has paid for it already. */
export interface Claim {
  readonly id: string
  readonly deficit: Decimal
  readonly drawn: Decimal
}

/**
 * What of a layer is there for each account below zero (risk 5 a): what it would have if all drew at once,
 * `(layer + all drawn) * (D_a + drawn_a) / sum of (D + drawn)`, less what it has drawn. So neither who comes first nor who
 * asks again gets more. Who has had more than that keeps it and gets nothing, and the others share what is left.
 * Rounded down to `places`; nobody without an entry has a share.
 */
export const layerShares = (layer: Decimal, claims: readonly Claim[], places: number): ReadonlyMap<string, Decimal> => {
  const pot = add(layer, sum(claims.map(({ drawn }) => drawn)))
  const whole = sum(claims.map(({ deficit, drawn }) => add(deficit, drawn)))
  const due = claims.map(({ deficit, drawn }) => subtract(multiply(pot, add(deficit, drawn)), multiply(drawn, whole)))
  const still = claims.filter((_, i) => !isNegative(due[i] ?? layer))
  if (still.length < claims.length) return layerShares(layer, still, places)
  return new Map(claims.map(({ id }, i) => [id, divideFloor(due[i] ?? layer, whole, places)]))
}
