import { decimal, isNegative, places } from '@novation/decimal'

/** What is wrong with a cap of an asset of so many decimal places, or nothing. */
export const badCap = (cap: string | undefined, decimals: number): string | undefined => {
  if (cap === undefined) return undefined
  if (isNegative(decimal(cap))) return `a cap must not be below zero, as ${cap} is`
  return places(decimal(cap)) > decimals
    ? `the cap ${cap} is finer than the ${decimals} decimal places of the asset`
    : undefined
}
