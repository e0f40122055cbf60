import { decimal, greaterThan, isNegative, isZero, one } from '@novation/decimal'
import { accepted, type Decide, reject } from '../decision'
import { badCap, badShare } from './asset-terms'
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
  const cut = decimal(haircut)
  if (isNegative(cut) || greaterThan(cut, one))
    return reject('bad-parameter', `a haircut is from 0 to 1, not ${haircut}`)
  if (settlement && !isZero(cut)) return reject('bad-parameter', 'the settlement asset has no haircut')
  const tooFine = settlement ? badParameters(pool.parameters, decimals) : undefined
  if (tooFine !== undefined) return reject('bad-parameter', tooFine)
  const wrong = badCap(cap, decimals) ?? badShare('coinShare', coinShare)
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
