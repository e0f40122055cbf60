import type { Pool } from '@novation/clearing'
import { type Figure, figure } from './figure'
import type { Observed, Shares } from './observed'
import { told } from './series'

const sharesTold = ({ five, ten }: Shares) =>
  told(five, 2) === undefined ? undefined : { five: told(five, 2), ten: told(ten, 2) }

/** How much the largest accounts have. Each account stands alone: whose it is, the ledger does not know. */
export const concentration = (pool: Pool, so: Observed): readonly Figure[] => {
  const accounts = [...pool.accounts.values()]
  return [
    figure('18', 'participants', 'Participants', 'accounts, and of them those with positions, at the end', {
      accounts: accounts.length,
      withPositions: accounts.filter(({ positions }) => positions.size > 0).length,
    }),
    figure(
      '18',
      'openPositions',
      'Concentration of open positions',
      'percent of the gross value of all positions that the largest five and ten accounts hold, rounded up; average and peak over all samples with positions',
      sharesTold(so.positionsOf),
    ),
    figure(
      '18',
      'initialMarginShare',
      'Concentration of initial margin',
      'percent of all initial margin that is required of the largest five and ten accounts, rounded up; average and peak over all samples with positions',
      sharesTold(so.marginOf),
    ),
  ]
}
