import { add, decimal, format, greaterThan } from '@novation/decimal'
import { badAmount } from '../amounts'
import { accepted, type Decide, reject } from '../decision'
import { endIfOver } from '../liquidation/end'
import { transfer } from '../state/postings'
import { heldInCustody } from './custody'

/**
 * Collateral comes in, at any time and in any state; under liquidation it ends that, once the buffer is reached. What
 * comes while its asset has no fresh price counts for nothing until one is observed since. Of an asset with a cap the pool
 * takes no more than that, from all together.
 */
export const deposit: Decide<'Deposit'> = (draft, { account: id, asset: assetId, amount }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  const asset = pool.assets.get(assetId)
  if (asset === undefined) return reject('unknown-asset', `no asset ${assetId} in this pool`)
  const bad = badAmount(asset, amount)
  if (bad !== undefined) return bad
  if (asset.cap !== undefined && greaterThan(add(heldInCustody(pool, assetId), decimal(amount)), asset.cap))
    return reject(
      'over-cap',
      `the pool takes at most ${format(asset.cap)} ${assetId}, and holds ${format(heldInCustody(pool, assetId))}`,
    )
  const moves = transfer(pool.custody, account, assetId, decimal(amount))
  draft.record('CollateralDeposited', { account: id, asset: assetId, amount }, moves)
  endIfOver(draft, account)
  return accepted
}
