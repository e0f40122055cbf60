import { decimal, greaterThan, isNegative, one } from '@novation/decimal'
import type { LiquidationTerms, PoolParameters } from '@novation/events'

/** What is wrong with liquidation terms, or nothing. */
export const badTerms = ({
  buffer,
  fee,
  keeperTip,
  keeperShare,
  dust,
  auction,
}: LiquidationTerms): string | undefined => {
  const negative = Object.entries({ buffer, fee, keeperTip, keeperShare, dust, cutoff: auction.cutoff }).find(
    ([, text]) => isNegative(decimal(text)),
  )
  if (negative !== undefined) return `${negative[0]} must not be below zero`
  const tooMuch = Object.entries({ fee, keeperShare, start: auction.start }).find(([, text]) =>
    greaterThan(decimal(text), one),
  )
  if (tooMuch !== undefined) return `${tooMuch[0]} must not be above 1`
  if (greaterThan(decimal(auction.cutoff), decimal(auction.start))) return 'the auction must not start below its cutoff'
  return undefined
}

/** What is wrong with a pool's parameters, or nothing. */
export const badParameters = ({ liquidation, waterfall }: PoolParameters): string | undefined => {
  if (isNegative(decimal(waterfall.skinInTheGame))) return 'skinInTheGame must not be below zero'
  if (waterfall.insuranceCap !== undefined && isNegative(decimal(waterfall.insuranceCap)))
    return 'insuranceCap must not be below zero'
  return badTerms(liquidation)
}
