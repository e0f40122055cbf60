declare const brand: unique symbol

/**
 * An exact decimal number of any size. What it is inside is nobody's business outside this package: to the compiler
 * it is a symbol, because TypeScript refuses `<`, `>`, `+`, `-`, `*`, `/` and template literals on symbols, and every
 * one of those would be wrong on the object it is. (`===` compares identity and cannot be forbidden: use `equals`.)
 */
export type Decimal = symbol & { readonly [brand]: 'Decimal' }

/**
 * coefficient x 10^-places, in one form only: no place is unused (1.5 is 15 and 1, never 150 and 2), there is no
 * negative zero, and the coefficient is a number while that is a safe integer, a bigint beyond. So equal values look
 * the same. A class, because a prototype makes an operator that was forced past the compiler throw, at no cost.
 */
export class Scaled {
  constructor(
    readonly coefficient: number | bigint,
    readonly places: number,
  ) {}

  /** Plain notation: the digits, and the point where the places begin. */
  toString(): string {
    const { coefficient, places } = this
    if (places === 0) return String(coefficient)
    const digits = String(coefficient < 0 ? -coefficient : coefficient).padStart(places + 1, '0')
    const point = digits.length - places
    return `${coefficient < 0 ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
  }

  toJSON(): string {
    return this.toString()
  }

  valueOf(): never {
    throw new TypeError('a Decimal is no operand: use add, lessThan, format and their like')
  }
}

export const inside = (a: Decimal): Scaled => a as unknown as Scaled

/** Of what is in the one form already. */
export const seal = (coefficient: number | bigint, places: number): Decimal =>
  new Scaled(coefficient, places) as unknown as Decimal

/** NaN is not safe, so what could not be had as a number says so all the way to the end of a calculation. */
export const isSafe = (n: number): boolean => n <= Number.MAX_SAFE_INTEGER && n >= Number.MIN_SAFE_INTEGER

/** The one nothing there is: most of what a house keeps of an account is that. */
const nothing = seal(0, 0)

/**
 * Brings a safe integer at so many places into the one form. Dividing by ten tells whether the last place is used,
 * and costs less than a remainder: a tenth part of a safe integer is below 2^50, where doubles lie at most 1/8 apart,
 * so one that ends in a tenth or more is never rounded to a whole number.
 */
export const ofNumber = (coefficient: number, places: number): Decimal => {
  if (coefficient === 0) return nothing
  let shortest = coefficient
  let used = places
  for (; used > 0; used -= 1) {
    const shorter = shortest / 10
    if (shorter !== Math.floor(shorter)) break
    shortest = shorter
  }
  return seal(shortest, used)
}

const [least, most] = [BigInt(Number.MIN_SAFE_INTEGER), BigInt(Number.MAX_SAFE_INTEGER)]

/** Brings an integer of any size at so many places into the one form. */
export const ofBigInt = (coefficient: bigint, places: number): Decimal => {
  let shortest = coefficient
  let used = places
  while (shortest < least || shortest > most) {
    if (used === 0 || shortest % 10n !== 0n) return seal(shortest, used)
    shortest /= 10n
    used -= 1
  }
  return ofNumber(Number(shortest), used)
}
