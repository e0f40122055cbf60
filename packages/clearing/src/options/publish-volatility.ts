import { compare } from '@novation/decimal'
import { formatTime, type Millis, parseTime } from '@novation/events'
import { checkSurface, type VolatilityTerms } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { observedIn, outOfOrder } from '../market/observed'
import { expiryOf } from '../state/markets'
import type { Pool } from '../state/pool'
import { fixedSurface, volatilityOf } from '../state/risk-state'
import { isOver, notModelled } from './modelled'

/** The strikes that are listed at an expiry, from the lowest on. */
const strikesOf = ({ instruments }: Pool, underlying: string, at: Millis) =>
  [...instruments.values()]
    .flatMap(({ underlying: of, expiry, option }) =>
      of === underlying && expiry === at && option !== undefined ? [option.strike] : [],
    )
    .sort(compare)

const badSurface = (pool: Pool, underlying: string, at: Millis, volatility: VolatilityTerms): string | undefined => {
  const surface = at > pool.at ? fixedSurface(pool, underlying, at, volatility) : undefined
  return surface && checkSurface(surface, strikesOf(pool, underlying, at))
}

/**
 * What volatility an expiry is valued at, strike by strike: fixed by the forward as it is now, and the time that is left. It
 * holds by strike until the next.
 */
export const publishVolatility: Decide<'PublishVolatility'> = (
  draft,
  { underlying, expiry, svi, points, observedAt, ...quality },
) => {
  const { pool } = draft
  const unfit = notModelled(pool, underlying, pool.assets.get(underlying))
  if (unfit !== undefined) return unfit
  const said = { ...(svi === undefined ? {} : { svi }), ...(points === undefined ? {} : { points }) }
  const volatility = volatilityOf(said)
  if (volatility === undefined || (svi !== undefined && points !== undefined))
    return reject('bad-parameter', 'a surface is either five numbers (svi) or points')
  const at = parseTime(expiry)
  const bad = badSurface(pool, underlying, at, volatility)
  if (bad !== undefined) return reject('bad-surface', bad)
  const observed = observedIn(pool, observedAt)
  const known = expiryOf(pool, underlying, at)
  const late = isOver(pool, at) ?? outOfOrder(pool, observed, known?.volatility?.observedAt)
  if (late !== undefined) return late
  if (fixedSurface(pool, underlying, at, volatility) === undefined)
    return reject('stale-price', `${underlying} has no forward for that expiry, by which a surface is fixed`)
  draft.record('VolatilityTick', {
    underlying,
    expiry: formatTime(at),
    observedAt: formatTime(observed),
    ...said,
    ...quality,
  })
  return accepted
}
