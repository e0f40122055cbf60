import { decimal, isNegative } from '@novation/decimal'
import type { LiquidationTerms, Millis } from '@novation/events'
import { type Auction, type Clocked, clock_ms, isOver } from '@novation/risk'
import { isHalted } from './halted'
import type { Asset, Health, Instrument, Pool, Valued } from './pool'
import type { ItemClock, Liquidation, Price } from './values'

/** The auction's terms, read into decimals. */
export const auctionOf = ({ auction, premium }: LiquidationTerms): Auction => ({
  ...auction,
  start: decimal(auction.start),
  cutoff: decimal(auction.cutoff),
  premium: decimal(premium),
})

/** Until when something can be dealt in if no other price comes: it must be fresh, and not expired. */
const lastsUntil = ({ parameters }: Pool, priced: Instrument | Asset, { observedAt }: Price): Millis => {
  const fresh = observedAt + parameters.priceTolerance_s * 1000
  return priced.kind === 'asset' ? fresh : Math.min(fresh, priced.expiry ?? Number.POSITIVE_INFINITY)
}

/** How long something could be dealt in since it was listed, up to now. */
export const liveTime = (pool: Pool, priced: Instrument | Asset): Millis => {
  const { price } = priced
  if (price === undefined) return 0
  if (isHalted(priced)) return price.live_ms
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
  live: readonly Valued[],
  read: (clock: ItemClock, lived_ms: Millis) => Millis,
): readonly Clocked[] =>
  live.flatMap(({ instrument, maintenance, notional }) => {
    const clock = clocks.find(({ id }) => id === instrument.id)
    if (clock === undefined) return []
    return [{ required: maintenance, value: notional, elapsed_ms: read(clock, liveTime(pool, instrument)) }]
  })

/**
 * t and t0: the clocks of what can be dealt in, each of which runs while it can. So nothing that was waited for in vain is
 * lost, and no fill, tick, deposit or change of sign sets anything back.
 */
export const passedIn = (pool: Pool, open: Liquidation, { positions }: Health): Passed => {
  const live = positions.filter((position) => position.live)
  return {
    elapsed_ms: clock_ms(clocked(pool, open, live, ({ from }, lived_ms) => lived_ms - from)),
    below_ms: clock_ms(clocked(pool, open, live, (clock, lived_ms) => belowOf(clock, open.solvent, lived_ms))),
  }
}

/** Whether the auction is over as things stand. While nothing can be dealt in, that is not judged anew. */
export const isOverNow = (pool: Pool, open: Liquidation, health: Health): boolean => {
  if (!health.positions.some(({ live }) => live)) return open.over
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  return isOver(auctionOf(open.terms), health.best, elapsed_ms, below_ms)
}

/** When an auction is over if all that can be dealt in now can be until then; nothing where it is, or nothing can. */
export const endsAt = (pool: Pool, open: Liquidation, health: Health): Millis | undefined => {
  if (open.over || !health.positions.some(({ live }) => live)) return undefined
  const { fastSeconds, slowSeconds, insolventSeconds } = open.terms.auction
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  const inTime = pool.at + (fastSeconds + slowSeconds) * 1000 - elapsed_ms
  return isNegative(health.best) ? Math.min(inTime, pool.at + insolventSeconds * 1000 - below_ms) : inTime
}

/** The same where the prices that came so far last until then: only then is it a due time. */
export const overAt = (pool: Pool, open: Liquidation, health: Health): Millis | undefined => {
  const at = endsAt(pool, open, health)
  if (at === undefined) return undefined
  const lasts = ({ live, instrument }: Valued): boolean =>
    !live || (instrument.price !== undefined && Math.max(at, pool.at) <= lastsUntil(pool, instrument, instrument.price))
  return health.positions.every(lasts) ? at : undefined
}

/** Whether what is noted of an auction is not so any more: its account has changed sign, or it is no longer over. */
export const hasTurned = (pool: Pool, open: Liquidation, health: Health): boolean =>
  open.solvent === isNegative(health.best) || (open.over && !isOverNow(pool, open, health))

/** The clocks of a liquidation that begins now: one for each item, whether or not it can be dealt in. */
export const newClocks = (pool: Pool, instruments: Iterable<Instrument>): readonly ItemClock[] =>
  [...instruments].map((instrument) => {
    const from = liveTime(pool, instrument)
    return { id: instrument.id, from, below_ms: 0, notedAt: from }
  })

/** The same clocks once it is noted that the account is below zero, or no longer. */
export const notedClocks = (pool: Pool, { clocks, solvent }: Liquidation): readonly ItemClock[] =>
  clocks.map((clock) => {
    const instrument = pool.instruments.get(clock.id)
    if (instrument === undefined) return clock
    const notedAt = liveTime(pool, instrument)
    return { ...clock, below_ms: belowOf(clock, solvent, notedAt), notedAt }
  })

/** What of a price is left once another comes, or the tolerance changes: how long it could be dealt in by then. */
export const lived = (pool: Pool, priced: Instrument | Asset): Pick<Price, 'live_ms' | 'cameAt'> => ({
  live_ms: liveTime(pool, priced),
  cameAt: pool.at,
})
