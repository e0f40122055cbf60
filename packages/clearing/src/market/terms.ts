import { decimal, greaterThan, isNegative, one, places } from '@novation/decimal'
import type { LiquidationTerms, PoolParameters } from '@novation/events'
import type { Pool } from '../state/pool'
import { badShare } from './asset-terms'

/** Decimal places of the settlement asset, once there is one. */
export const decimalsOf = ({ assets, settlementAsset }: Pool): number | undefined =>
  settlementAsset === undefined ? undefined : assets.get(settlementAsset)?.decimals

/** Which of these amounts no balance of the settlement asset could ever hold; nothing while it is unknown. */
const tooFine = (amounts: Readonly<Record<string, string | undefined>>, decimals: number | undefined) => {
  const fine = Object.entries(amounts).find(
    ([, text]) => text !== undefined && decimals !== undefined && places(decimal(text)) > decimals,
  )
  return fine && `${fine[0]} is ${fine[1]}, finer than the ${decimals} decimal places of the settlement asset`
}

/** What is wrong with liquidation terms, or nothing. `decimals` are those of the settlement asset, once there is one. */
export const badTerms = (
  { buffer, fee, keeperTip, keeperShare, dust, auction }: LiquidationTerms,
  decimals: number | undefined,
): string | undefined => {
  const negative = Object.entries({ buffer, fee, keeperTip, keeperShare, dust, cutoff: auction.cutoff }).find(
    ([, text]) => isNegative(decimal(text)),
  )
  if (negative !== undefined) return `${negative[0]} must not be below zero`
  const tooMuch = Object.entries({ fee, keeperShare, start: auction.start }).find(([, text]) =>
    greaterThan(decimal(text), one),
  )
  if (tooMuch !== undefined) return `${tooMuch[0]} must not be above 1`
  if (greaterThan(decimal(auction.cutoff), decimal(auction.start))) return 'the auction must not start below its cutoff'
  return tooFine({ keeperTip, dust }, decimals)
}

/** What is wrong with a pool's parameters, or nothing. */
export const badParameters = (
  { liquidation, waterfall, size, priceTolerance_s, wear_s, maturity_s, reduceBand, commandLife_s }: PoolParameters,
  decimals: number | undefined,
): string | undefined => {
  if (priceTolerance_s === 0) return 'priceTolerance_s must be above zero'
  if (wear_s < priceTolerance_s) return 'wear_s must not be below priceTolerance_s'
  if (commandLife_s === 0) return 'commandLife_s must be above zero'
  if (maturity_s === 0) return 'maturity_s must be above zero'
  if (isNegative(decimal(reduceBand))) return 'reduceBand must not be below zero'
  if (greaterThan(decimal(reduceBand), one)) return 'reduceBand must not be above 1'
  if (isNegative(decimal(size.share)) || greaterThan(decimal(size.share), one))
    return 'size.share must lie within 0 and 1'
  if (isNegative(decimal(size.floor))) return 'size.floor must not be below zero'
  const { ownerShare, coinShare, instrumentShare, window_s } = waterfall
  const wrong = badShare('ownerShare', ownerShare) ?? badShare('coinShare', coinShare)
  if (wrong !== undefined) return wrong
  if (isNegative(decimal(instrumentShare))) return 'instrumentShare must not be below zero'
  if (window_s === 0) return 'window_s must be above zero'
  if (isNegative(decimal(waterfall.skinInTheGame))) return 'skinInTheGame must not be below zero'
  return tooFine({ skinInTheGame: waterfall.skinInTheGame }, decimals) ?? badTerms(liquidation, decimals)
}
