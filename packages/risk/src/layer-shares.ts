import {
  add,
  apportion,
  type Decimal,
  isNegative,
  isPositive,
  min,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { byId } from './ids'

/** An account below zero, and what one prefunded layer has paid for it already; both in whole units. */
export interface Claim {
  readonly id: string
  /** What it lacks, above zero. */
  readonly deficit: Decimal
  readonly drawn: Decimal
}

/**
 * What of a layer each account below zero gets: of `T = min(layer, sum D)` what it would have had, had all drawn at once,
 * `(T + all drawn) * (D_a + drawn_a) / sum of (D + drawn)`, less what it has drawn. So neither who comes first nor who asks
 * again gets more. Who has had more than that keeps it and gets nothing, and the others share anew. Together exactly T, the
 * single units by largest remainder, ties by id; nobody more than it lacks, and nobody without an entry anything.
 */
export const layerShares = (layer: Decimal, claims: readonly Claim[], places: number): ReadonlyMap<string, Decimal> => {
  const total = min(layer, sum(claims.map(({ deficit }) => deficit)))
  if (!isPositive(total)) return new Map()
  const pot = add(total, sum(claims.map(({ drawn }) => drawn)))
  const whole = sum(claims.map(({ deficit, drawn }) => add(deficit, drawn)))
  const sorted = [...claims].sort(byId)
  const due = sorted.map(({ deficit, drawn }) => subtract(multiply(pot, add(deficit, drawn)), multiply(drawn, whole)))
  const still = sorted.filter((_, i) => !isNegative(due[i] ?? zero))
  if (still.length < sorted.length) return layerShares(layer, still, places)
  const shares = apportion(total, due, places)
  return new Map(sorted.map(({ id }, i) => [id, shares[i] ?? zero]))
}
