import { decimal } from '@novation/decimal'
import { badAmount } from '../amounts'
import { accepted, type Decide, reject } from '../decision'
import { transfer } from '../state/postings'

/** The operator pays into the fund, or into its own tranche that stands before it. Losses are in the settlement asset, so it is paid in that. */
export const fundInsurance: Decide<'FundInsurance'> = (draft, { asset: assetId, amount, tranche = 'fund' }) => {
  const { pool } = draft
  const asset = pool.assets.get(assetId)
  if (asset === undefined) return reject('unknown-asset', `no asset ${assetId} in this pool`)
  if (!asset.settlement)
    return reject(
      'not-settlement-asset',
      `losses are paid in ${pool.settlementAsset ?? 'the settlement asset'}, not in ${assetId}`,
    )
  const bad = badAmount(asset, amount)
  if (bad !== undefined) return bad
  const to = tranche === 'fund' ? pool.insurance : pool.skinInTheGame
  draft.record(
    'InsuranceFunded',
    { asset: assetId, amount, tranche },
    transfer(pool.custody, to, assetId, decimal(amount)),
  )
  return accepted
}
