import { format } from '@novation/decimal'
import { type Decision, reject } from '../decision'
import { isBackstopsTurn } from '../state/duties'
import { isBreached } from '../state/health'
import type { Account, Health, Pool } from '../state/pool'
import type { Liquidation } from '../state/values'

/**
 * Why what nobody took of an account in an auction that is over is not yet dealt with otherwise, or nothing: it stands at its
 * maintenance margin again, or the backstop has its turn before.
 */
export const mayBeTaken = (pool: Pool, account: Account, open: Liquidation, health: Health): Decision | undefined => {
  if (!isBreached(health))
    return reject(
      'not-breached',
      `${account.id} is worth ${format(health.best)} at the best, not below maintenance margin ${format(health.maintenance)}`,
    )
  return isBackstopsTurn(pool, account.id, open)
    ? reject('backstop-first', `the backstop has yet to take what it can of ${open.id}`)
    : undefined
}
