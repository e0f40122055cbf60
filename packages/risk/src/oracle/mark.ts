import {
  add,
  type Decimal,
  halfEvenRatio,
  integer,
  max,
  min,
  multiply,
  negate,
  ratio,
  subtract,
} from '@novation/decimal'

/** Decimals of a basis beyond the index's own. */
const more = 6

const clamped = (basis: Decimal, index: Decimal, markBand: Decimal): Decimal => {
  const most = multiply(markBand, index)
  return max(negate(most), min(basis, most))
}

interface MarkTerms {
  /** How far a mark may stand from its index, as a share of it. */
  readonly markBand: Decimal
  readonly basis_ms: number
  readonly places: number
}

/**
 * How far a venue trades from the index, slowly: `basis + (clamp(mid - index, ±markBand * index) - basis) * dt / (dt + basis_ms)`,
 * half to even at `places` + 6. `mid` is the middle of its book as the venue signed it; left out, it is the index.
 */
export const basisAfter = (
  basis: Decimal,
  { index, mid = index, dt }: { readonly index: Decimal; readonly mid?: Decimal | undefined; readonly dt: number },
  { markBand, basis_ms, places }: MarkTerms,
): Decimal => {
  if (dt <= 0) return basis
  const all = integer(dt + basis_ms)
  const to = clamped(subtract(mid, index), index, markBand)
  return halfEvenRatio(ratio(add(multiply(basis, all), multiply(subtract(to, basis), integer(dt))), all), places + more)
}

/** What positions are judged by: `price + clamp(basis, ±markBand * index)`, for the index itself and for its slow price. */
export const markOf = (
  price: Decimal,
  basis: Decimal,
  { index, markBand }: { index: Decimal; markBand: Decimal },
): Decimal => add(price, clamped(basis, index, markBand))
