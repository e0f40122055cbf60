import { type Decimal, floor, floorRatio, max, type Ratio, scale } from '@novation/decimal'

/**
 * The most that fund and operator together bear, of any one owner, instrument or coin: `max(least, floor(share * prefunded))`,
 * in whole units.
 */
export const capOf = (least: Decimal, share: Ratio, prefunded: Decimal, places: number): Decimal =>
  max(floor(least, places), floorRatio(scale(share, prefunded), places))
