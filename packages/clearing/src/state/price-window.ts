import type { Decimal } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { type Covered, coveredBy, coverTo, type StandingPrice, twapOf } from '@novation/risk'
import type { Oracle, PriceWindow, WindowTerms } from './oracle'
import type { Instrument, Pool } from './pool'

/** No name has a slash. */
export const windowName = ({ index, from, window_ms, until }: WindowTerms): string =>
  [index, from, window_ms, until].join('/')

/** From when on a price counts before an expiry, for how long, and when what comes is too late. */
export const windowBefore = (
  expiry: Millis,
  { twap_s, longest_s }: { readonly twap_s: number; readonly longest_s: number },
) => {
  const window_ms = twap_s * 1000
  const from = expiry - window_ms
  return { from, window_ms, until: from + longest_s * 1000 }
}

/** What an instrument is settled at, where that is an index over time, and it has a day. */
export const windowOf = ({
  index,
  expiry,
  settlement,
}: Pick<Instrument, 'index' | 'expiry' | 'settlement'>): WindowTerms | undefined => {
  if (index === undefined || expiry === undefined || settlement === undefined) return undefined
  return { index, ...windowBefore(expiry, settlement) }
}

/** The price of an index that counts now, and until when it does if nothing else comes: none while another is held. */
const standingOf = ({ terms, indices }: Oracle, id: string): StandingPrice | undefined => {
  const [of, now] = [terms.get(id), indices.get(id)]
  if (of === undefined || now?.price === undefined || now.held !== undefined) return undefined
  return { price: now.price.price, until: now.price.observedAt + of.said.tolerance_ms }
}

/** What of a window is covered by a time. */
export const coveredAt = (oracle: Oracle, { index, window_ms, until, covered }: PriceWindow, at: Millis): Covered =>
  coverTo(covered, Math.min(at, until), standingOf(oracle, index), window_ms)

/** A window as it stands now, or nothing where nobody looks through it. */
export const windowNow = (
  { oracle, at }: Pick<Pool, 'oracle' | 'at'>,
  terms: WindowTerms | undefined,
): PriceWindow | undefined => {
  const window = terms === undefined ? undefined : oracle?.windows.get(windowName(terms))
  return oracle === undefined || window === undefined
    ? undefined
    : { ...window, covered: coveredAt(oracle, window, at) }
}

/** The mean price over a window, half to even at `places`; nothing while too little of it had one. */
export const meanOver = (
  pool: Pick<Pool, 'oracle' | 'at'>,
  terms: WindowTerms | undefined,
  places: number,
): Decimal | undefined => {
  const window = windowNow(pool, terms)
  return window === undefined ? undefined : twapOf(window.covered, { window_ms: window.window_ms, places })
}

/** When a window is covered if nothing else comes; never where the price that stands does not last so long. */
export const coveredOn = ({ oracle }: Pick<Pool, 'oracle'>, terms: WindowTerms | undefined): Millis | undefined => {
  const window = terms === undefined ? undefined : oracle?.windows.get(windowName(terms))
  if (oracle === undefined || window === undefined) return undefined
  const at = coveredBy(window.covered, standingOf(oracle, window.index), window.window_ms)
  return at === undefined || at > window.until ? undefined : at
}

/** What an instrument is settled at by its index over time, at the places of that; nothing before it is known. */
export const settlementMean = (pool: Pick<Pool, 'oracle' | 'at'>, instrument: Instrument): Decimal | undefined => {
  const places = pool.oracle?.terms.get(instrument.index ?? '')?.said.places
  return places === undefined ? undefined : meanOver(pool, windowOf(instrument), places)
}
