import type { Scaled } from './scaled'
import { isSafe } from './scaled'

const exactDoubles = Array.from({ length: 23 }, (_, n) => 10 ** n)
const powers = Array.from({ length: 64 }, (_, n) => 10n ** BigInt(n))

/** 10^n where a double holds it exactly, which is up to 10^22; NaN for any other n. */
export const tenTo = (n: number): number => exactDoubles[n] ?? Number.NaN

/** 10^n of any size, for n >= 0. */
export const bigTenTo = (n: number): bigint => powers[n] ?? 10n ** BigInt(n)

/** The coefficient of `a` moved to `places` (no fewer than it has), where that is a safe integer; else NaN. */
export const safeAt = (a: Scaled, places: number): number => {
  if (typeof a.coefficient === 'bigint') return Number.NaN
  if (a.places === places) return a.coefficient
  const moved = a.coefficient * tenTo(places - a.places)
  return isSafe(moved) ? moved : Number.NaN
}

/** The coefficient of `a` moved to `places` (no fewer than it has), at any size. */
export const bigAt = (a: Scaled, places: number): bigint => BigInt(a.coefficient) * bigTenTo(places - a.places)
