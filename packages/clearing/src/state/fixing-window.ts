import { zero } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { type Covered, coveredBy, coverTo, type StandingPrice, twapOf } from '@novation/risk'
import type { Asset, Pool } from './pool'
import { windowBefore } from './price-window'
import type { ExpiryNow } from './risk'
import { timingOf } from './timing'

// What an expiry is settled at: the price of its underlying over so much of the time before it as had one.

type Timed = Pick<Pool, 'parameters'>

/** Where a pool says nothing else: half an hour, and two at the most. */
export const usualWindow = { twap_s: 1800, longest_s: 7200 }

/** The window of an expiry: one length for all that a pool lists. */
export const windowOf = ({ parameters }: Timed, expiry: Millis) =>
  windowBefore(expiry, { ...usualWindow, ...parameters })

/** The price that counts now, and until when if nothing else comes: none while another is held. */
const standingOf = (pool: Pick<Pool, 'parameters' | 'oracle'>, asset: Asset): StandingPrice | undefined =>
  asset.price === undefined || asset.held !== undefined
    ? undefined
    : {
        price: asset.price.value,
        until: asset.price.observedAt + timingOf(pool, asset).priceTolerance_s * 1000,
      }

/** What is covered by a time, if the price stood since the last change of it. */
export const coveredNow = (
  pool: Pick<Pool, 'parameters' | 'oracle'>,
  asset: Asset,
  { at, covered }: ExpiryNow,
  now: Millis,
): Covered => {
  const { from, window_ms, until } = windowOf(pool, at)
  // What was covered before a window that has become shorter is none of it.
  const before = covered === undefined || covered.to <= from ? { to: from, covered_ms: 0, integral: zero } : covered
  return coverTo(before, Math.min(now, until), standingOf(pool, asset), window_ms)
}

/** integral/covered, 8 places half even: the price of an expiry once enough of its last stretch had one. */
export const meanNow = (pool: Pick<Pool, 'parameters' | 'oracle' | 'at'>, asset: Asset, expiry: ExpiryNow) =>
  twapOf(coveredNow(pool, asset, expiry, pool.at), { window_ms: windowOf(pool, expiry.at).window_ms, places: 8 })

/** When it is known if nothing else comes: at the expiry at the earliest. Never where the price that stands does not last so long. */
export const knownOn = (
  pool: Pick<Pool, 'parameters' | 'oracle' | 'at'>,
  asset: Asset,
  expiry: ExpiryNow,
): Millis | undefined => {
  const { window_ms, until } = windowOf(pool, expiry.at)
  const covered = coveredNow(pool, asset, expiry, pool.at)
  const at = coveredBy(covered, standingOf(pool, asset), window_ms)
  return at === undefined || at > until ? undefined : Math.max(at, expiry.at)
}
