import { type Decimal, decimal, floor, format, integer, multiply, places, unit } from '@novation/decimal'

/** 10^0 to 10^22: all powers of ten that are doubles exactly. */
const powersOfTen = Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))

const most = 22

/**
 * A decimal as the kernel takes it: `Number(digits as a bigint) / 10^places`, two roundings that the standard fixes. (A text
 * of more than 20 digits each engine may read its own way.) What lies beyond 22 places is cut, downward.
 */
export const toDouble = (a: Decimal): number => {
  const cut = places(a) > most ? floor(a, most) : a
  return Number(BigInt(format(cut).replace('.', ''))) / (powersOfTen[places(cut)] as number)
}

/** A whole double as a decimal so many places down: exact, also beyond 2^53. */
export const ofUnits = (units: number | bigint, at: number): Decimal =>
  multiply(
    typeof units === 'number' && Number.isSafeInteger(units) ? integer(units) : decimal(BigInt(units).toString()),
    unit(at),
  )

/** Places of a unit price. */
export const pricePlaces = 8
const priceUnits = 1e8

/** A price as a whole number of units of 1e-8, the nearest. */
export const toUnits = (price: number): number => Math.floor(price * priceUnits + 0.5)

const finePlaces = 12
const fineUnits = 1e12

/** A factor of the kernel at 12 places, rounded down or up: against the account, whichever that is. */
export const floorFine = (x: number): Decimal => ofUnits(Math.floor(x * fineUnits), finePlaces)
export const ceilFine = (x: number): Decimal => ofUnits(Math.ceil(x * fineUnits), finePlaces)
