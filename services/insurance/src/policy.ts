import { emptyPool, follow, openSnapshot, type Pool, takeSnapshot } from '@novation/clearing'
import { ask, type Reactor } from '@novation/platform'

const windowOver = (pool: Pool): boolean =>
  [...pool.standing.duties.owing].some((id) => pool.accounts.get(id)?.owing?.windowOver === true)

/**
 * While accounts without positions are bankrupt, and no liquidation is open or they have waited long enough for one,
 * asks the ledger to send their losses down the waterfall; not again while the parts of one such loss are being booked.
 */
export const insurance: Reactor<Pool> = {
  name: 'insurance',
  initial: emptyPool,
  evolve: follow,
  snapshot: { write: takeSnapshot, read: openSnapshot },
  due: (pool) =>
    pool.bulk === undefined &&
    !pool.standing.duties.owing.isEmpty() &&
    (pool.liquidations.isEmpty() || windowOver(pool))
      ? [ask('CoverLoss', {}, pool.name)]
      : [],
}
