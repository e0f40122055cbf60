import { missingFor } from './state/health'
import type { Account, Pool } from './state/pool'

/** An event names so many at most. */
const named = 8

/** Which prices of what an account depends on were missing when something was decided: for the event that says so. */
export const missing = (pool: Pool, account: Account): { readonly missing?: readonly string[] } => {
  const ids = missingFor(pool, account).slice(0, named)
  return ids.length === 0 ? {} : { missing: ids }
}
