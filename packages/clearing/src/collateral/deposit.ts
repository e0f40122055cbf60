import { decimal } from '@novation/decimal'
import { badAmount } from '../amounts'
import { accepted, type Decide, reject } from '../decision'
import { endIfOver } from '../liquidation/end'
import { transfer } from '../state/postings'

/**
 * Collateral comes in, at any time and in any state; under liquidation it ends that, once the buffer is reached. What
 * comes while its asset has no fresh price counts for nothing until one is observed since.
 */
export const deposit: Decide<'Deposit'> = (draft, { account: id, asset: assetId, amount }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  const asset = pool.assets.get(assetId)
  if (asset === undefined) return reject('unknown-asset', `no asset ${assetId} in this pool`)
  const bad = badAmount(asset, amount)
  if (bad !== undefined) return bad
  const moves = transfer(pool.custody, account, assetId, decimal(amount))
  draft.record('CollateralDeposited', { account: id, asset: assetId, amount }, moves)
  endIfOver(draft, account)
  return accepted
}
