import type { Book, Pool } from '@novation/clearing'
import { ask, ofBook, type Reactor } from '@novation/platform'

const windowOver = ({ standing: { duties, due } }: Pool): boolean =>
  [...due.windowsOver].some(({ id }) => duties.owing.has(id))

/**
 * While accounts without positions are bankrupt, and no liquidation is open or they have waited long enough for one,
 * asks the ledger to send their losses down the waterfall; not again while the parts of one such loss are being booked.
 */
export const insurance: Reactor<Book> = {
  name: 'insurance',
  ...ofBook,
  due: (pool) =>
    pool.bulk === undefined && pool.standing.duties.owing.size > 0 && (pool.liquidations.size === 0 || windowOver(pool))
      ? [ask('CoverLoss', {}, pool.name)]
      : [],
}
