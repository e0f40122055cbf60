import { accepted, type Decide, reject } from '../decision'
import { badCap, badShare } from './asset-terms'

/** Changes what a pool takes of an asset, and what its layers bear of losses on it. A cap below what is in already lets nothing more in, and drives nothing out. */
export const setAssetParameters: Decide<'SetAssetParameters'> = (draft, { asset: id, cap, coinShare }) => {
  const asset = draft.pool.assets.get(id)
  if (asset === undefined) return reject('unknown-asset', `no asset ${id} in this pool`)
  const wrong = badCap(cap, asset.decimals) ?? badShare('coinShare', coinShare)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  draft.record('AssetParametersSet', {
    asset: id,
    ...(cap === undefined ? {} : { cap }),
    ...(coinShare === undefined ? {} : { coinShare }),
  })
  return accepted
}
