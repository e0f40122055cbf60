import type { Book, Pool } from '@novation/clearing'
import { ask, bookFold, type Reactor } from '@novation/platform'

/** Whether somebody who owes has waited long enough; as a rule the first who has waited does. */
const windowOver = ({ standing: { duties, due } }: Pool): boolean => {
  for (const { id } of due.windowsOver) if (duties.owing.has(id)) return true
  return false
}

/**
 * While accounts without positions are bankrupt, and no liquidation is open or they have waited long enough for one,
 * asks the ledger to send their losses down the waterfall; not again while the parts of one such loss are being booked.
 */
export const insurance: Reactor<Book> = {
  ...bookFold,
  name: 'insurance',
  due: (pool) =>
    pool.bulk === undefined && pool.standing.duties.owing.size > 0 && (pool.liquidations.size === 0 || windowOver(pool))
      ? [ask('CoverLoss', {}, pool.name)]
      : [],
}
