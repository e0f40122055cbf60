import { formatTime, parseTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'

/**
 * An owner takes an order back: whatever was signed under that name counts no more; where `until` is said, whatever could be
 * filled until then at most, and after it nobody need remember. What was filled stays.
 */
export const cancelOrder: Decide<'CancelOrder'> = ({ pool, record }, { account, order, until }) => {
  if (!pool.accounts.has(account)) return reject('unknown-account', `no account ${account} in this pool`)
  if (pool.identity === undefined) return reject('not-adopted', `${pool.name} is open: it knows no orders`)
  record('OrderCancelled', { account, order, ...(until === undefined ? {} : { until: formatTime(parseTime(until)) }) })
  return accepted
}
