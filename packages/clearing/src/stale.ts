import { type Decision, reject } from './decision'
import { staleFor } from './state/health'
import type { Account, Pool } from './state/pool'

/** A reason names so many at most: it must fit an event. */
const named = 8

/** Fails closed: nothing is decided about an account while a price it depends on is unknown or stale (architecture rule 8). */
export const badPrices = (pool: Pool, ...accounts: readonly Account[]): Decision | undefined => {
  const stale = [...new Set(accounts.flatMap((account) => staleFor(pool, account)))]
  if (stale.length === 0) return undefined
  const more = stale.length > named ? ` and ${stale.length - named} more` : ''
  const who = accounts.map(({ id }) => id).join(' and ')
  return reject(
    'stale-price',
    `${who}: a price depended on is unknown or stale: ${stale.slice(0, named).join(', ')}${more}`,
  )
}
