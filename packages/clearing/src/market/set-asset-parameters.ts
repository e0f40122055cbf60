import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { noticeUntil } from '../state/term-changes'
import { badCap, badHaircut, badShare } from './asset-terms'
import { tooManyChanges } from './notice'

/**
 * Changes what a pool takes of an asset, what is required for it, and what its layers bear of losses on it. A cap below what is
 * in already lets nothing more in, and drives nothing out; a higher haircut restricts and calls at once, and liquidates nobody
 * before a call from now on has run out.
 */
export const setAssetParameters: Decide<'SetAssetParameters'> = (draft, { asset: id, haircut, cap, coinShare }) => {
  const { pool } = draft
  const asset = pool.assets.get(id)
  if (asset === undefined) return reject('unknown-asset', `no asset ${id} in this pool`)
  const wrong = badHaircut(haircut, asset.settlement) ?? badCap(cap, asset.decimals) ?? badShare('coinShare', coinShare)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  const tooMany = haircut === undefined ? undefined : tooManyChanges(asset)
  if (tooMany !== undefined) return tooMany
  draft.record('AssetParametersSet', {
    asset: id,
    ...(haircut === undefined ? {} : { haircut, from: formatTime(noticeUntil(pool)) }),
    ...(cap === undefined ? {} : { cap }),
    ...(coinShare === undefined ? {} : { coinShare }),
  })
  return accepted
}
