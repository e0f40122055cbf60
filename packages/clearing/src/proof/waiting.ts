import { hasLive, healthOf, isBreached, missingFor } from '../state/health'
import { lossesMayBeCovered, owes } from '../state/owing'
import type { Account, Health, Pool } from '../state/pool'

/** Why nothing happens to an account in breach: what it waits for. */
export type Waiting =
  /** Nothing of it can be dealt in: these have no fresh price, are held, or are closed. */
  | { readonly for: 'price'; readonly missing: readonly string[] }
  /** It was offered to the end, and nobody took it: the waterfall is asked first. */
  | { readonly for: 'waterfall' }
  /** Only a debt is left, and others below zero are still offered for sale. */
  | { readonly for: 'others' }
  /** The liquidator: an auction is due, and nobody has asked for it yet. */
  | { readonly for: 'liquidator' }

const closedOf = (pool: Pool, account: Account, { positions, collateral }: Health): readonly string[] =>
  [
    ...new Set([
      ...missingFor(pool, account),
      ...positions.filter(({ live }) => !live).map(({ instrument }) => instrument.id),
      ...collateral.coins.filter(({ live }) => !live).map(({ id }) => id),
    ]),
  ].sort()

/** What an account in breach waits for that is not offered for sale; nothing where it is, or stands above its line. */
export const waitingOf = (pool: Pool, account: Account): Waiting | undefined => {
  const health = healthOf(pool, account)
  if (!isBreached(health) || account.liquidation !== undefined) return undefined
  if (owes(pool, account)) return { for: lossesMayBeCovered(pool) ? 'waterfall' : 'others' }
  if (!hasLive(health)) return { for: 'price', missing: closedOf(pool, account, health) }
  return { for: account.inDefault?.offered === undefined ? 'liquidator' : 'waterfall' }
}
