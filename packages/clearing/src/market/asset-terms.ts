import { decimal, greaterThan, isNegative, isZero, one, places } from '@novation/decimal'

/** What is wrong with a share of the layers, or nothing. */
export const badShare = (name: string, share: string | undefined): string | undefined =>
  share !== undefined && (isNegative(decimal(share)) || greaterThan(decimal(share), one))
    ? `${name} must lie within 0 and 1`
    : undefined

/** What is wrong with a haircut, or nothing: the settlement asset has none. */
export const badHaircut = (haircut: string | undefined, settlement: boolean): string | undefined => {
  if (haircut === undefined) return undefined
  const cut = decimal(haircut)
  if (isNegative(cut) || greaterThan(cut, one)) return `a haircut is from 0 to 1, not ${haircut}`
  return settlement && !isZero(cut) ? 'the settlement asset has no haircut' : undefined
}

/** What is wrong with a cap of an asset of so many decimal places, or nothing. */
export const badCap = (cap: string | undefined, decimals: number): string | undefined => {
  if (cap === undefined) return undefined
  if (isNegative(decimal(cap))) return `a cap must not be below zero, as ${cap} is`
  return places(decimal(cap)) > decimals
    ? `the cap ${cap} is finer than the ${decimals} decimal places of the asset`
    : undefined
}
