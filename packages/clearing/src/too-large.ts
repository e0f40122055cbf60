import { format } from '@novation/decimal'
import { type Decision, reject } from './decision'
import type { Account, Pool } from './state/pool'
import { allowanceOf, isTooLarge, ownerSize } from './state/sizes'

/** Nobody may become so large that a jump leaves others more to bear than the prefunded layers do of any one. */
export const tooLarge = (pool: Pool, account: Account): Decision | undefined => {
  if (!isTooLarge(pool, account)) return undefined
  const { uncovered, onCoins } = ownerSize(pool, account.owner)
  return reject(
    'too-large',
    `a jump would cost the accounts of ${account.owner.id} ${format(uncovered)} more than they have, and ${format(onCoins)} was lost on coins; at most ${format(allowanceOf(pool))} of either is borne by others`,
  )
}
