import { accepted, type Decide, reject } from '../decision'

/** An owner takes an order back: whatever was signed under that name counts no more. What was filled stays. */
export const cancelOrder: Decide<'CancelOrder'> = ({ pool, record }, { account, order }) => {
  if (!pool.accounts.has(account)) return reject('unknown-account', `no account ${account} in this pool`)
  if (pool.identity === undefined) return reject('not-adopted', `${pool.name} is open: it knows no orders`)
  record('OrderCancelled', { account, order })
  return accepted
}
