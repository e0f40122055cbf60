import { decimal, format, isPositive } from '@novation/decimal'
import { formatTime, parseTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { heldSince } from '../market/held-since'
import { observedIn, outOfOrder } from '../market/observed'
import { expiryOf, forwardNow } from '../state/markets'
import { isOver, notModelled } from './modelled'

/**
 * What an underlying costs for an expiry. The event adds the price of the underlying as it is now: between ticks the forward
 * moves with it, so that must be one at which somebody could deal. One too far from the last, as that has moved since, is held
 * until another like it confirms it, as prices are.
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
  const known = expiryOf(pool, underlying, at)
  const late = isOver(pool, at) ?? outOfOrder(pool, observed, known?.held?.observedAt ?? known?.forward?.observedAt)
  if (late !== undefined) return late
  if (asset?.price === undefined || !asset.stand.live)
    return reject('stale-price', `the price of ${underlying}, which a forward moves with, is unknown, stale or held`)
  const said = {
    underlying,
    expiry: formatTime(at),
    price,
    index: format(asset.price.value),
    observedAt: formatTime(observed),
    ...quality,
  }
  const last = forwardNow(asset, known)
  const held = known?.held && { ...known.held, value: known.held.price }
  const since = last && heldSince({ last, held, value: decimal(price), observed, of: undefined }, pool.parameters)
  if (last === undefined || since === undefined) draft.record('ForwardTick', said)
  else draft.record('ForwardHeld', { ...said, last: format(last), since: formatTime(since) })
  return accepted
}
