import { format } from '@novation/decimal'
import type { Draft } from '../decision'
import { accountOf } from '../liquidation/closes'
import { draw } from '../liquidation/draw'
import { transfer } from '../state/postings'
import type { BulkEntry } from '../state/values'

/** What an owner, or a layer, pays for an account that owes. What profits give is one event for all of them, and none here. */
export const payEntry = (draft: Draft, { account: id, amount, from, to = '', under = [] }: BulkEntry): void => {
  const { pool } = draft
  const account = accountOf(pool, id)
  if (from === 'owner') {
    const debtor = accountOf(pool, to)
    draft.record(
      'OwnerSetOff',
      { owner: account.owner.id, from: id, to, amount: format(amount) },
      transfer(account, debtor, pool.settlementAsset ?? '', amount),
    )
  } else if (from !== undefined && from !== 'haircut') draw(draft, from, 'write-off', account, account, amount, under)
}
