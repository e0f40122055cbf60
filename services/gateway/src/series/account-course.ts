import { healthOf, type Status } from '@novation/clearing'
import { format } from '@novation/decimal'
import type { Moved, Subject } from './course'

/** How one account stood. */
export interface AccountRow extends Moved {
  readonly status: Status
  readonly equity: string
  readonly initialMargin: string
  readonly maintenanceMargin: string
}

/** One account, from the moment at which it was opened. */
export const oneAccount = (id: string): Subject<AccountRow> => ({
  rowOf: (pool) => {
    const account = pool.accounts.get(id)
    if (account === undefined) return undefined
    const { status, equity, initial, maintenance } = healthOf(pool, account)
    return {
      revision: pool.revision,
      at: pool.at,
      status,
      equity: format(equity),
      initialMargin: format(initial),
      maintenanceMargin: format(maintenance),
    }
  },
  isAsBefore: (before, now) =>
    before.status === now.status &&
    before.equity === now.equity &&
    before.initialMargin === now.initialMargin &&
    before.maintenanceMargin === now.maintenanceMargin,
})
