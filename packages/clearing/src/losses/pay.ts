import { type Decimal, format } from '@novation/decimal'
import type { Draft } from '../decision'
import { accountOf } from '../liquidation/closes'
import { draw, drawingText } from '../liquidation/draw'
import type { Account } from '../state/pool'
import { transfer } from '../state/postings'
import type { Bought, BulkEntry, Drawing } from '../state/values'

/** The fund takes a coin of somebody who owes, and pays for it in cash. */
const buy = (draft: Draft, account: Account, paid: Decimal, bought: Bought, under: readonly Drawing[]): void => {
  const { insurance, settlementAsset = '' } = draft.pool
  const { asset, quantity, price } = bought
  draft.record(
    'CollateralBought',
    {
      account: account.id,
      asset,
      quantity: format(quantity),
      price: format(price),
      paid: format(paid),
      under: under.map(drawingText),
    },
    [...transfer(account, insurance, asset, quantity), ...transfer(insurance, account, settlementAsset, paid)],
  )
}

/** What an owner, or a layer, pays for an account that owes. What profits give is one event for all of them, and none here. */
export const payEntry = (draft: Draft, { account: id, amount, from, to = '', under = [], bought }: BulkEntry): void => {
  const { pool } = draft
  const account = accountOf(pool, id)
  if (from === 'owner') {
    const debtor = accountOf(pool, to)
    draft.record(
      'OwnerSetOff',
      { owner: account.owner.id, from: id, to, amount: format(amount) },
      transfer(account, debtor, pool.settlementAsset ?? '', amount),
    )
  } else if (bought !== undefined) buy(draft, account, amount, bought, under)
  else if (from !== undefined && from !== 'haircut' && from !== 'coins')
    draw(draft, from, 'write-off', account, account, amount, under)
}
