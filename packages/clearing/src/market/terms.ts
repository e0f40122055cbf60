import { decimal, greaterThan, isNegative, isPositive, one, places } from '@novation/decimal'
import type { LiquidationTerms, MarginTerms, PoolParameters } from '@novation/events'
import { checkMarginFactors } from '@novation/risk'
import { usualWindow } from '../state/fixing-window'
import type { Pool } from '../state/pool'
import { factorsOf } from '../state/position-margin'

/** Decimal places of the settlement asset, once there is one. */
export const decimalsOf = ({ assets, settlementAsset }: Pool): number | undefined =>
  settlementAsset === undefined ? undefined : assets.get(settlementAsset)?.decimals

type Named = Readonly<Record<string, string | undefined>>

/** Which of these amounts no balance of the settlement asset could ever hold; nothing while it is unknown. */
export const tooFine = (amounts: Named, decimals: number | undefined) => {
  const fine = Object.entries(amounts).find(
    ([, text]) => text !== undefined && decimals !== undefined && places(decimal(text)) > decimals,
  )
  return fine && `${fine[0]} is ${fine[1]}, finer than the ${decimals} decimal places of the settlement asset`
}

/** Which of these is below zero, or nothing. */
const belowZero = (values: Named): string | undefined => {
  const wrong = Object.entries(values).find(([, text]) => text !== undefined && isNegative(decimal(text)))
  return wrong && `${wrong[0]} must not be below zero`
}

/** Which of these is no share of something, or nothing. */
const noShare = (values: Named): string | undefined => {
  const wrong = Object.entries(values).find(([, text]) => text !== undefined && greaterThan(decimal(text), one))
  return belowZero(values) ?? (wrong && `${wrong[0]} must not be above 1`)
}

/** Which bound of a table of margin is no amount of the settlement asset, or nothing. */
export const tooFineTiers = (
  { tiers, openInterestScaling: scaling }: MarginTerms,
  decimals: number | undefined,
): string | undefined =>
  tiers.map(({ upTo }) => tooFine({ upTo }, decimals)).find((wrong) => wrong !== undefined) ??
  tooFine({ lower: scaling?.lower, upper: scaling?.upper }, decimals)

/** What is wrong with liquidation terms, or nothing. `decimals` are those of the settlement asset, once there is one. */
export const badTerms = (
  { buffer, fee, keeperTip, keeperShare, premium, dust, auction }: LiquidationTerms,
  decimals: number | undefined,
): string | undefined => {
  const wrong =
    belowZero({ buffer, keeperTip, dust, cutoff: auction.cutoff }) ??
    noShare({ fee, keeperShare, premium, start: auction.start })
  if (wrong !== undefined) return wrong
  if (greaterThan(decimal(auction.cutoff), decimal(auction.start))) return 'the auction must not start below its cutoff'
  return tooFine({ keeperTip, dust }, decimals)
}

/** What is wrong with a pool's parameters, or nothing. */
export const badParameters = (parameters: PoolParameters, decimals: number | undefined): string | undefined => {
  const { liquidation, waterfall, size, funding, priceTolerance_s, wear_s, maturity_s } = parameters
  const { reduceBand, tradeBand, settlementBand, deviation, debit, commandLife_s } = parameters
  const { skinInTheGame, ownerShare, instrumentShare, coinShare, window_s } = waterfall
  if (priceTolerance_s === 0) return 'priceTolerance_s must be above zero'
  if (!isPositive(decimal(deviation))) return 'deviation must be above zero'
  if (wear_s < priceTolerance_s) return 'wear_s must not be below priceTolerance_s'
  if (commandLife_s === 0) return 'commandLife_s must be above zero'
  if (maturity_s === 0) return 'maturity_s must be above zero'
  if (window_s === 0) return 'window_s must be above zero'
  const { twap_s, longest_s = usualWindow.longest_s } = parameters
  if (twap_s === 0) return 'twap_s must be above zero'
  if (longest_s < (twap_s ?? usualWindow.twap_s)) return 'longest_s must not be below twap_s'
  return (
    checkMarginFactors(factorsOf({ parameters })) ??
    noShare({ 'margin.usualDoubt': parameters.margin?.usualDoubt }) ??
    belowZero({ 'margin.doubtFactor': parameters.margin?.doubtFactor }) ??
    noShare({ reduceBand, ownerShare, coinShare, 'size.share': size.share, 'funding.cap': funding.cap }) ??
    belowZero({ tradeBand, settlementBand, instrumentShare, 'size.floor': size.floor, skinInTheGame, debit }) ??
    tooFine({ skinInTheGame, 'size.floor': size.floor, debit }, decimals) ??
    badTerms(liquidation, decimals)
  )
}
