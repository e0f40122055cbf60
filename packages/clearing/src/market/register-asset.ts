import { accepted, type Decide, reject } from '../decision'
import { badCap, badHaircut, badShare } from './asset-terms'
import { badParameters } from './terms'

/** An asset becomes collateral. A pool has one settlement asset, whose price is 1 and whose haircut is none. */
export const registerAsset: Decide<'RegisterAsset'> = (
  draft,
  { asset, decimals, haircut = '0', settlement = false, cap, coinShare },
) => {
  const { pool } = draft
  if (pool.assets.has(asset) || pool.instruments.has(asset))
    return reject('name-taken', `${asset} names an asset or an instrument already`)
  if (settlement && pool.settlementAsset !== undefined)
    return reject('bad-parameter', `the pool settles in ${pool.settlementAsset}, and in nothing else`)
  const wrong =
    badHaircut(haircut, settlement) ??
    (settlement ? badParameters(pool.parameters, decimals) : undefined) ??
    badCap(cap, decimals) ??
    badShare('coinShare', coinShare)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('AssetRegistered', {
    asset,
    decimals,
    haircut,
    settlement,
    ...(cap === undefined ? {} : { cap }),
    ...(coinShare === undefined ? {} : { coinShare }),
  })
  return accepted
}
