import { decimal, format, isPositive } from '@novation/decimal'
import { formatTime, parseTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { observedIn, outOfOrder } from '../market/observed'
import { expiryOf } from '../state/markets'
import { isOver, notModelled } from './modelled'

/**
 * What an underlying costs for an expiry. The event adds the price of the underlying as it is now: between ticks the forward
 * moves with it, so that must be one at which somebody could deal.
 */
export const publishForward: Decide<'PublishForward'> = (
  draft,
  { underlying, expiry, price, observedAt, ...quality },
) => {
  const { pool } = draft
  const asset = pool.assets.get(underlying)
  const unfit = notModelled(pool, underlying, asset)
  if (unfit !== undefined) return unfit
  if (!isPositive(decimal(price))) return reject('not-positive', `a forward must be above zero, not ${price}`)
  const at = parseTime(expiry)
  const observed = observedIn(pool, observedAt)
  const late = isOver(pool, at) ?? outOfOrder(pool, observed, expiryOf(pool, underlying, at)?.forward?.observedAt)
  if (late !== undefined) return late
  if (asset?.price === undefined || !asset.stand.live)
    return reject('stale-price', `the price of ${underlying}, which a forward moves with, is unknown, stale or held`)
  draft.record('ForwardTick', {
    underlying,
    expiry: formatTime(at),
    price,
    index: format(asset.price.value),
    observedAt: formatTime(observed),
    ...quality,
  })
  return accepted
}
