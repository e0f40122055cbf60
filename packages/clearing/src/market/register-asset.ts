import { accepted, type Decide, reject } from '../decision'
import { otherCurrency, unknownIndex } from '../oracle/set-index'
import { badCap, badHaircut, badShare } from './asset-terms'
import { badParameters } from './terms'

/** An asset becomes collateral. A pool has one settlement asset, whose price is 1 and whose haircut is none. */
export const registerAsset: Decide<'RegisterAsset'> = (
  draft,
  { asset, decimals, haircut = '0', settlement = false, cap, coinShare, index },
) => {
  const { pool } = draft
  const unknown = unknownIndex(pool, index)
  if (unknown !== undefined) return unknown
  if (pool.assets.has(asset) || pool.instruments.has(asset))
    return reject('name-taken', `${asset} names an asset or an instrument already`)
  if (settlement && pool.settlementAsset !== undefined)
    return reject('bad-parameter', `the pool settles in ${pool.settlementAsset}, and in nothing else`)
  const wrong =
    badHaircut(haircut, settlement) ??
    (settlement ? badParameters(pool.parameters, decimals) : undefined) ??
    badCap(cap, decimals) ??
    badShare('coinShare', coinShare) ??
    (settlement && index !== undefined
      ? 'the settlement asset is what prices are in: its own is always 1'
      : otherCurrency(pool, index))
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('AssetRegistered', {
    asset,
    decimals,
    haircut,
    settlement,
    ...(cap === undefined ? {} : { cap }),
    ...(coinShare === undefined ? {} : { coinShare }),
    ...(index === undefined ? {} : { index }),
  })
  return accepted
}
