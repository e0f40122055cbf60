import { equals, format } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { event } from '../decision'
import { accruedFunding } from '../state/health'
import { fundingOf, trader } from '../state/names'
import type { Account, Pool } from '../state/pool'
import { transfer } from '../state/postings'

const settleOne = (pool: Pool, account: Account, id: string): readonly Proposal[] => {
  const instrument = pool.instruments.get(id)
  const position = account.positions.get(id)
  if (instrument === undefined || position === undefined || pool.settlementAsset === undefined) return []
  if (equals(instrument.fundingIndex, position.fundingIndex)) return []
  const amount = accruedFunding(pool, instrument, position)
  return [
    event(
      'FundingSettled',
      { account: account.id, instrument: id, amount: format(amount), index: format(instrument.fundingIndex) },
      transfer(fundingOf(id), trader(account.id), pool.settlementAsset, amount),
    ),
  ]
}

/** Funding due to or from an account moves into its cash before anything else touches the position (risk 6). */
export const settleFunding = (
  pool: Pool,
  account: Account,
  instruments: readonly string[] = [...account.positions.keys()].sort(),
): readonly Proposal[] => instruments.flatMap((id) => settleOne(pool, account, id))
