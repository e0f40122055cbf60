import { decimal, isNegative } from '@novation/decimal'
import type { LiquidationTerms, Millis } from '@novation/events'
import { type Auction, type Clocked, clock_ms, isOver } from '@novation/risk'
import { isStopped } from './halted'
import { hasLive } from './health'
import { type Item, liveItems } from './items'
import type { Asset, Health, Instrument, Pool } from './pool'
import { timingOf } from './timing'
import type { ItemClock, Liquidation, Price } from './values'

/** The auction's terms, read into decimals. */
export const auctionOf = ({ auction, premium }: LiquidationTerms): Auction => ({
  ...auction,
  start: decimal(auction.start),
  cutoff: decimal(auction.cutoff),
  premium: decimal(premium),
})

/** Until when something can be dealt in if no other price comes: it must be fresh, and not expired. */
export const lastsUntil = (pool: Pool, priced: Instrument | Asset, { observedAt }: Price): Millis => {
  const fresh = observedAt + timingOf(pool, priced).priceTolerance_s * 1000
  return priced.kind === 'asset' ? fresh : Math.min(fresh, priced.expiry ?? Number.POSITIVE_INFINITY)
}

/** The instrument or the asset of that name: they never have the same. */
const pricedOf = ({ instruments, assets }: Pool, id: string): Instrument | Asset | undefined =>
  instruments.get(id) ?? assets.get(id)

/** How long something could be dealt in since it was listed, up to now. */
export const liveTime = (pool: Pool, priced: Instrument | Asset): Millis => {
  const { price } = priced
  if (price === undefined) return 0
  if (isStopped(priced)) return price.live_ms
  return price.live_ms + Math.max(0, Math.min(pool.at, lastsUntil(pool, priced, price)) - price.cameAt)
}

/** How far an auction has come: by what of it can be dealt in, and how long the account was below zero meanwhile. */
interface Passed {
  readonly elapsed_ms: Millis
  readonly below_ms: Millis
}

/** How long the account was below zero while an item could be dealt in: of a clock that runs, up to now. */
const belowOf = (clock: ItemClock, solvent: boolean, lived_ms: Millis): Millis =>
  clock.below_ms + (solvent ? 0 : lived_ms - clock.notedAt)

/** Every item with the clock that `read` reads of it, among those that can be dealt in now. */
const clocked = (
  pool: Pool,
  { clocks }: Liquidation,
  live: readonly Item[],
  read: (clock: ItemClock, lived_ms: Millis) => Millis,
): readonly Clocked[] =>
  live.flatMap(({ id, required, value }) => {
    const clock = clocks.find((each) => each.id === id)
    const priced = pricedOf(pool, id)
    if (clock === undefined || priced === undefined) return []
    return [{ required, value, elapsed_ms: read(clock, liveTime(pool, priced)) }]
  })

/**
 * t and t0: the clocks of what can be dealt in, each of which runs while it can. So nothing that was waited for in vain is
 * lost, and no fill, tick, deposit or change of sign sets anything back.
 */
export const passedIn = (pool: Pool, open: Liquidation, health: Health): Passed => {
  const live = liveItems(health)
  return {
    elapsed_ms: clock_ms(clocked(pool, open, live, ({ from }, lived_ms) => lived_ms - from)),
    below_ms: clock_ms(clocked(pool, open, live, (clock, lived_ms) => belowOf(clock, open.solvent, lived_ms))),
  }
}

/** Whether the auction is over as things stand. While nothing can be dealt in, that is not judged anew. */
export const isOverNow = (pool: Pool, open: Liquidation, health: Health): boolean => {
  if (!hasLive(health)) return open.over
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  return isOver(auctionOf(open.terms), health.best, elapsed_ms, below_ms)
}

/**
 * Before when an auction cannot be over, whatever prices come: the oldest clock of all its items has that long to go, even
 * if nothing but that item were left, and nothing were to stop it. No later price makes it earlier.
 */
export const notOverBefore = (pool: Pool, open: Liquidation): Millis => {
  const { fastSeconds, slowSeconds, insolventSeconds } = open.terms.auction
  const left = open.clocks.map((clock) => {
    const priced = pricedOf(pool, clock.id)
    if (priced === undefined) return Number.POSITIVE_INFINITY
    const lived_ms = liveTime(pool, priced)
    const below_ms = belowOf(clock, open.solvent, lived_ms)
    return Math.min((fastSeconds + slowSeconds) * 1000 - (lived_ms - clock.from), insolventSeconds * 1000 - below_ms)
  })
  return pool.at + Math.max(0, Math.min(...left))
}

/** When an auction is over if all that can be dealt in now can be until then; nothing where it is, or nothing can. */
export const endsAt = (pool: Pool, open: Liquidation, health: Health): Millis | undefined => {
  if (open.over || !hasLive(health)) return undefined
  const { fastSeconds, slowSeconds, insolventSeconds } = open.terms.auction
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  const inTime = pool.at + (fastSeconds + slowSeconds) * 1000 - elapsed_ms
  return isNegative(health.best) ? Math.min(inTime, pool.at + insolventSeconds * 1000 - below_ms) : inTime
}

/** The same where the prices that came so far last until then: only then is it a due time. */
export const overAt = (pool: Pool, open: Liquidation, health: Health): Millis | undefined => {
  const at = endsAt(pool, open, health)
  if (at === undefined) return undefined
  const lasts = ({ id }: Item): boolean => {
    const priced = pricedOf(pool, id)
    return priced?.price !== undefined && Math.max(at, pool.at) <= lastsUntil(pool, priced, priced.price)
  }
  return liveItems(health).every(lasts) ? at : undefined
}

/** Whether what is noted of an auction is not so any more: its account has changed sign, or it is no longer over. */
export const hasTurned = (pool: Pool, open: Liquidation, health: Health): boolean =>
  open.solvent === isNegative(health.best) || (open.over && !isOverNow(pool, open, health))

/** The clocks of a liquidation that begins now: one for each item, whether or not it can be dealt in; one that goes on has so much behind it. */
export const newClocks = (pool: Pool, ids: readonly string[], elapsed_ms: Millis = 0): readonly ItemClock[] =>
  ids.flatMap((id) => {
    const priced = pricedOf(pool, id)
    if (priced === undefined) return []
    const from = liveTime(pool, priced)
    return [{ id, from: from - elapsed_ms, below_ms: 0, notedAt: from }]
  })

/** A coin that comes to an auction later is as old as the oldest item there is: nobody wins time by sending one. */
export const joinedClocks = (pool: Pool, { clocks, solvent }: Liquidation, asset: Asset): readonly ItemClock[] => {
  if (clocks.some(({ id }) => id === asset.id)) return clocks
  const ages = clocks.map((clock) => {
    const priced = pricedOf(pool, clock.id)
    const lived_ms = priced === undefined ? clock.from : liveTime(pool, priced)
    return { elapsed_ms: lived_ms - clock.from, below_ms: belowOf(clock, solvent, lived_ms) }
  })
  const now = liveTime(pool, asset)
  const oldest = (of: (age: (typeof ages)[number]) => Millis): Millis => Math.max(0, ...ages.map(of))
  return [
    ...clocks,
    {
      id: asset.id,
      from: now - oldest(({ elapsed_ms }) => elapsed_ms),
      below_ms: oldest(({ below_ms }) => below_ms),
      notedAt: now,
    },
  ]
}

/** The same clocks once it is noted that the account is below zero, or no longer. */
export const notedClocks = (pool: Pool, { clocks, solvent }: Liquidation): readonly ItemClock[] =>
  clocks.map((clock) => {
    const priced = pricedOf(pool, clock.id)
    if (priced === undefined) return clock
    const notedAt = liveTime(pool, priced)
    return { ...clock, below_ms: belowOf(clock, solvent, notedAt), notedAt }
  })

/** What of a price is left once another comes, or the tolerance changes: how long it could be dealt in by then. */
export const lived = (pool: Pool, priced: Instrument | Asset): Pick<Price, 'live_ms' | 'cameAt'> => ({
  live_ms: liveTime(pool, priced),
  cameAt: pool.at,
})
