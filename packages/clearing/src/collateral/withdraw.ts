import { decimal, format, lessThan, zero } from '@novation/decimal'
import { badAmount } from '../amounts'
import { accepted, type Decide, reject } from '../decision'
import { lacksConsent } from '../identity/consent'
import { lacksMargin } from '../lacking'
import { healthOf } from '../state/health'
import { leavesShareOf } from '../state/held-back'
import { collateralOf } from '../state/holders'
import { transfer } from '../state/postings'
import { keepsFresh, profitOf } from '../state/profit'
import { tooLarge } from '../too-large'
import { settleFunding } from '../trading/funding'
import { houseCovered } from './custody'

/**
 * Collateral leaves the house: settled balance only (unrealised profit is margin, never cash), and only as far as the
 * account covers its initial margin even at the worst. Due funding is settled first.
 */
export const withdraw: Decide<'Withdraw'> = (draft, { account: id, asset: assetId, amount }, _, signedBy) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  const asset = pool.assets.get(assetId)
  if (asset === undefined) return reject('unknown-asset', `no asset ${assetId} in this pool`)
  const refused = lacksConsent(pool, account, signedBy) ?? badAmount(asset, amount)
  if (refused !== undefined) return refused
  if (account.liquidation !== undefined)
    return reject('under-liquidation', `${id} is being liquidated (${account.liquidation.id}); only deposits are taken`)

  settleFunding(draft, account)
  const held = collateralOf(account, assetId)
  if (lessThan(held, decimal(amount)))
    return reject(
      'insufficient-balance',
      `${id} holds ${format(held)} ${assetId}; profit not yet realised cannot leave`,
    )

  const profit = profitOf(pool, account, zero, pool.at)
  const moves = transfer(account, pool.custody, assetId, decimal(amount))
  draft.record('CollateralWithdrawn', { account: id, asset: assetId, amount }, moves)
  if (!keepsFresh(pool, account, profit))
    return reject(
      'not-matured',
      `${id} would keep less, beside what was paid in, than it has made in the last cycles or not realised, which has not stood yet`,
    )
  if (!houseCovered(pool, assetId))
    return reject('no-liquidity', `custody would hold less ${assetId} than the house's own accounts`)
  const after = healthOf(pool, account)
  if (!leavesShareOf(pool, account))
    return reject('held-back', `${id} would keep less than the part of every claim that a frozen pool holds back`)
  if (lessThan(after.worst, after.initial)) return lacksMargin(account, after)
  return tooLarge(pool, account) ?? accepted
}
