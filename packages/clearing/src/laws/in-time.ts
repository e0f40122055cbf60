import { type Millis, parseTime } from '@novation/events'
import { healthOf, isBreached } from '../state/health'
import { liveItems } from '../state/items'
import type { Account, Pool } from '../state/pool'
import type { Chronicle } from './append'

/** How an account in breach has been sold so far. */
interface Sale {
  /** Since when each item can be dealt in without a break, and the account is in breach. */
  readonly live: ReadonlyMap<string, Millis>
  /** What came to be dealt in later than another item of the account: nobody could have bid for it before. */
  readonly late: ReadonlySet<string>
}

const none: Sale = { live: new Map(), late: new Set() }

/** Until when what has a price now can be dealt in, if no other price comes. */
const lastsFor = ({ parameters: { priceTolerance_s }, instruments, assets }: Pool, id: string): Millis => {
  const observedAt = (instruments.get(id) ?? assets.get(id))?.price?.observedAt ?? Number.NEGATIVE_INFINITY
  return observedAt + priceTolerance_s * 1000
}

const goesOn = (pool: Pool, account: Account, so: Sale): Sale => {
  const live = liveItems(healthOf(pool, account)).map(({ id }) => id)
  const began = so.live.size > 0
  return {
    live: new Map(live.map((id) => [id, so.live.get(id) ?? pool.at])),
    late: new Set([...so.late, ...live.filter((id) => began && !so.live.has(id))]),
  }
}

/**
 * No breach keeps a position that could be dealt in all the time for longer than an auction lasts (35 minutes at the defaults),
 * whatever is deposited, withdrawn or published meanwhile. What comes to be dealt in only once the rest has been for sale brings
 * its own clock, since nobody could have bid for it before, and counts by what it requires: so each such item may give the rest
 * the time of one auction more, and does so once.
 */
export const noBreachLasts: Chronicle = () => {
  const sales = new Map<string, Sale>()
  return ({ before, events, after }) => {
    const at = parseTime(events[0]?.at ?? '')
    for (const [id, { live, late }] of sales) {
      const open = before.accounts.get(id)?.liquidation
      if (open === undefined) continue
      const { fastSeconds, slowSeconds } = open.terms.auction
      const most_ms = (fastSeconds + slowSeconds) * 1000 * (1 + late.size)
      const kept = [...live]
        .filter(([item]) => before.accounts.get(id)?.positions.has(item) === true)
        .find(([item, since]) => Math.min(at, lastsFor(before, item)) > since + most_ms)
      if (kept !== undefined) return `${id} is in breach, and still holds ${kept[0]} at ${events[0]?.at}`
    }
    for (const account of after.accounts.values()) {
      if (after.bulk !== undefined) continue
      if (isBreached(healthOf(after, account)))
        sales.set(account.id, goesOn(after, account, sales.get(account.id) ?? none))
      else sales.delete(account.id)
    }
    return undefined
  }
}
