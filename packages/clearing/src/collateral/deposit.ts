import { decimal } from '@novation/decimal'
import { badAmount } from '../amounts'
import { acceptDraft, type Decide, draft, event, record, reject } from '../decision'
import { endIfRestored } from '../liquidation/end'
import { custody, trader } from '../state/names'
import { transfer } from '../state/postings'

/** Collateral comes in, at any time and in any state; under liquidation it ends that, once the buffer is reached. */
export const deposit: Decide<'Deposit'> = (pool, { account, asset: assetId, amount }) => {
  if (!pool.accounts.has(account)) return reject('unknown-account', `no account ${account} in this pool`)
  const asset = pool.assets.get(assetId)
  if (asset === undefined) return reject('unknown-asset', `no asset ${assetId} in this pool`)
  const bad = badAmount(asset, amount)
  if (bad !== undefined) return bad
  const deposited = record(
    draft(pool),
    event(
      'CollateralDeposited',
      { account, asset: assetId, amount },
      transfer(custody, trader(account), assetId, decimal(amount)),
    ),
  )
  return acceptDraft(endIfRestored(deposited, account))
}
