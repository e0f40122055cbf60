import { equals, format } from '@novation/decimal'
import type { Draft } from '../decision'
import { accruedFunding } from '../state/health'
import type { Account, Position } from '../state/pool'
import { transfer } from '../state/postings'

const settleOne = (draft: Draft, account: Account, position: Position): void => {
  const { pool } = draft
  const { id, fundingIndex, funding } = position.instrument
  if (equals(fundingIndex, position.fundingIndex) || pool.settlementAsset === undefined) return
  const amount = accruedFunding(pool, position)
  draft.record(
    'FundingSettled',
    { account: account.id, instrument: id, amount: format(amount), index: format(fundingIndex) },
    transfer(funding, account, pool.settlementAsset, amount),
  )
}

/** Funding due to or from an account moves into its cash before anything else touches the position (risk 6). */
export const settleFunding = (draft: Draft, account: Account): void => {
  for (const position of account.positions.values()) settleOne(draft, account, position)
}

/** The same for one of its positions. */
export const settleFundingIn = (draft: Draft, account: Account, instrument: string): void => {
  const position = account.positions.get(instrument)
  if (position !== undefined) settleOne(draft, account, position)
}
