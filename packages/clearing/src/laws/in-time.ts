import { isNegative } from '@novation/decimal'
import { type Millis, parseTime } from '@novation/events'
import { clock_ms } from '@novation/risk'
import { lastsUntil } from '../state/auction-clock'
import { healthOf, isBreached } from '../state/health'
import { liveItems } from '../state/items'
import type { Account, Pool } from '../state/pool'
import type { Chronicle } from './append'

/** How long an item could be dealt in since its account was put up, and how long of that the account was below zero. */
interface Lived {
  readonly elapsed_ms: Millis
  readonly below_ms: Millis
}

/** How an account has been sold so far. */
interface Sale {
  readonly liquidation: string | undefined
  readonly since: Millis
  readonly lived: ReadonlyMap<string, Lived>
  /** What of it could be dealt in when it was looked at last. */
  readonly live: readonly string[]
  readonly isBelow: boolean
  readonly isBreached: boolean
  /** When its time is over, or was, if all that can be dealt in can be until then. */
  readonly over: Millis
}

const none: Lived = { elapsed_ms: 0, below_ms: 0 }

/** Until when what has a price now can be dealt in, if no other price comes. */
const lastsFor = (pool: Pool, id: string): Millis => {
  const priced = pool.instruments.get(id) ?? pool.assets.get(id)
  return priced?.price === undefined ? Number.NEGATIVE_INFINITY : lastsUntil(pool, priced, priced.price)
}

const oldest = (lived: Iterable<Lived>): Lived => {
  let { elapsed_ms, below_ms } = none
  for (const each of lived) {
    elapsed_ms = Math.max(elapsed_ms, each.elapsed_ms)
    below_ms = Math.max(below_ms, each.below_ms)
  }
  return { elapsed_ms, below_ms }
}

/** The clocks of a sale once time has gone on to `at`: those of what can be dealt in run while it can. */
const runTo = (pool: Pool, { since, lived, live, isBelow }: Sale, at: Millis): Sale['lived'] =>
  new Map(
    [...lived].map(([id, { elapsed_ms, below_ms }]) => {
      const run = live.includes(id) ? Math.max(0, Math.min(at, lastsFor(pool, id)) - since) : 0
      return [id, { elapsed_ms: elapsed_ms + run, below_ms: below_ms + (isBelow ? run : 0) }]
    }),
  )

/**
 * With what came to it: a coin is as old as the oldest item there is, so that nobody wins time by sending one; a hedge has no
 * clock, and what comes before there is an auction, by a trade that is busted, begins with it.
 */
const joined = (
  { positions, balances, liquidation }: Account,
  lived: Sale['lived'] = new Map<string, Lived>(),
): Sale['lived'] => {
  const first = oldest(lived.values())
  const isNew = (id: string): boolean => !lived.has(id)
  const coins = [...balances.keys()].filter(isNew)
  const others = liquidation === undefined || lived.size === 0 ? [...positions.keys()].filter(isNew) : []
  return new Map([...lived, ...others.map((id) => [id, none] as const), ...coins.map((id) => [id, first] as const)])
}

/** How an account stands for sale, or is in breach and should. */
const saleOf = (pool: Pool, account: Account, known: Sale | undefined): Sale => {
  const health = healthOf(pool, account)
  const { liquidation } = account
  const lived = joined(account, known?.lived)
  const items = liveItems(health)
  const read = (of: keyof Lived): Millis =>
    clock_ms(
      items.flatMap(({ id, required, value }) => {
        const clock = lived.get(id)
        return clock === undefined ? [] : [{ required, value, elapsed_ms: clock[of] }]
      }),
    )
  const { fastSeconds, slowSeconds, insolventSeconds } = (liquidation?.terms ?? pool.parameters.liquidation).auction
  const isBelow = isNegative(health.best)
  const left_ms = Math.min(
    (fastSeconds + slowSeconds) * 1000 - read('elapsed_ms'),
    isBelow ? insolventSeconds * 1000 - read('below_ms') : Number.POSITIVE_INFINITY,
  )
  // Where nobody could have acted on it before, it is over from now on.
  const before = known?.isBreached === true && known.live.length > 0 ? known.over : pool.at
  return {
    liquidation: liquidation?.id,
    since: pool.at,
    lived,
    live: items.map(({ id }) => id),
    isBelow,
    isBreached: isBreached(health),
    over: left_ms > 0 ? pool.at + left_ms : Math.min(before, pool.at),
  }
}

/** What an account in breach still holds of what could be dealt in once its time was over, and after. */
const keptBy = (
  pool: Pool,
  account: Account | undefined,
  { live, over, ...sale }: Sale,
  at: Millis,
): string | undefined => {
  if (account === undefined || at <= over || !sale.isBreached) return undefined
  if (live.some((id) => lastsFor(pool, id) < over)) return undefined
  return live.find((id) => account.positions.has(id) && lastsFor(pool, id) > over)
}

/**
 * An auction is over when its time is: the mean of how long each of its items could be dealt in since it began, by what each
 * requires. Never sooner; and from then on no breach keeps a position that can be dealt in, whatever is deposited, withdrawn or
 * published meanwhile.
 */
export const noBreachLasts: Chronicle = () => {
  const sales = new Map<string, Sale>()
  return ({ before, events, after }) => {
    const at = parseTime(events[0]?.at ?? '')
    for (const [id, sale] of sales) {
      const kept = keptBy(before, before.accounts.get(id), sale, at)
      if (kept !== undefined) return `${id} is in breach, and still holds ${kept} at ${events[0]?.at}`
      sales.set(id, { ...sale, lived: runTo(before, sale, at), since: at })
    }
    if (after.bulk !== undefined) return undefined
    for (const account of after.accounts.values()) {
      const { id, liquidation, positions } = account
      if (liquidation === undefined && !isBreached(healthOf(after, account))) {
        sales.delete(id)
        continue
      }
      const known = sales.get(id)
      const goesOn = known?.liquidation === liquidation?.id || known?.live.some((item) => positions.has(item)) === true
      const sale = saleOf(after, account, goesOn ? known : undefined)
      if (liquidation?.over === true && liquidation.cause === undefined && sale.live.length > 0 && sale.over > after.at)
        return `the auction of ${id} is over before its time`
      sales.set(id, sale)
    }
    return undefined
  }
}
