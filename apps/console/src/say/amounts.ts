/** A decimal string taken apart. Amounts stay texts: no figure that is read here was ever a double. */
interface Parts {
  readonly sign: '' | '-'
  readonly whole: string
  readonly fraction: string
}

const partsOf = (amount: string): Parts => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  if (whole === '') throw new TypeError(`no decimal: ${amount}`)
  return { sign: sign as Parts['sign'], whole, fraction }
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

const isNothing = (digits: string): boolean => /^0*$/.test(digits)

/**
 * An amount for people: thousands apart, cut (never rounded) to so many places. What is cut to nothing has no sign, and
 * what is not nothing but would look so says the first digit that it has.
 */
export const readable = (amount: string, places = 2): string => {
  const { sign, whole, fraction } = partsOf(amount)
  const cut = fraction.slice(0, places).padEnd(places, '0')
  if (isNothing(whole) && isNothing(cut) && !isNothing(fraction)) {
    const first = fraction.search(/[1-9]/) + 1
    return `${sign}0.${fraction.slice(0, first)}`
  }
  const shown = isNothing(whole) && isNothing(cut) ? '' : sign
  return `${shown}${grouped(whole)}${places === 0 ? '' : `.${cut}`}`
}

/** A quantity or a price as it is, thousands apart: all of its places say something. */
export const exactly = (amount: string): string => {
  const { sign, whole, fraction } = partsOf(amount)
  return `${sign}${grouped(whole)}${fraction === '' ? '' : `.${fraction}`}`
}

export const isNegative = (amount: string): boolean => partsOf(amount).sign === '-'

export const isZero = (amount: string): boolean => {
  const { whole, fraction } = partsOf(amount)
  return isNothing(whole) && isNothing(fraction)
}

/** An amount without its sign. */
export const size = (amount: string): string => amount.replace(/^-/, '')

/** An integer at so many places. */
const scaled = (amount: string, places: number): bigint => {
  const { sign, whole, fraction } = partsOf(amount)
  const value = BigInt(whole + fraction.padEnd(places, '0'))
  return sign === '-' ? -value : value
}

const placesOf = (amounts: readonly string[]): number =>
  Math.max(0, ...amounts.map((amount) => partsOf(amount).fraction.length))

const unscaled = (value: bigint, places: number): string => {
  const digits = String(value < 0n ? -value : value).padStart(places + 1, '0')
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '')
  const whole = digits.slice(0, digits.length - places)
  return `${value < 0n ? '-' : ''}${whole}${places === 0 || fraction === '' ? '' : `.${fraction}`}`
}

/** The exact sum of amounts. */
export const sumOf = (amounts: readonly string[]): string => {
  const places = placesOf(amounts)
  return unscaled(
    amounts.reduce((sum, amount) => sum + scaled(amount, places), 0n),
    places,
  )
}

export const less = (amount: string, other: string): string => {
  const places = placesOf([amount, other])
  return unscaled(scaled(amount, places) - scaled(other, places), places)
}

/** Which is more: below zero where the second is. */
export const compare = (amount: string, other: string): number => {
  const places = placesOf([amount, other])
  const [a, b] = [scaled(amount, places), scaled(other, places)]
  return a < b ? -1 : a > b ? 1 : 0
}

/** How often one amount goes into another, cut to so many places; nothing where the divisor is. */
export const ratio = (amount: string, divisor: string, places: number): string | undefined => {
  if (isZero(divisor)) return undefined
  const common = placesOf([amount, divisor])
  const [a, b] = [scaled(amount, common), scaled(divisor, common)]
  return unscaled((a * 10n ** BigInt(places)) / b, places)
}

/** For pixels alone. */
export const pixelsOf = (amount: string): number => Number(amount)
