import { type Book, lossesMayBeCovered } from '@novation/clearing'
import { ask, bookFold, type Reactor } from '@novation/platform'

/**
 * While somebody owes, and nobody below zero is still offered for sale or they have waited long enough for that, asks the
 * ledger to send their losses down the waterfall; not again while the parts of one such loss are being booked.
 */
export const insurance: Reactor<Book> = {
  ...bookFold,
  name: 'insurance',
  due: (pool) =>
    pool.bulk === undefined && pool.standing.duties.owing.size > 0 && lossesMayBeCovered(pool)
      ? [ask('CoverLoss', {}, pool.name)]
      : [],
}
