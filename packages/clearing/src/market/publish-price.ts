import { decimal, isPositive } from '@novation/decimal'
import { formatTime, parseTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import type { Price } from '../state/values'
import { hasEnded } from '../trading/why-closed'

/**
 * A price becomes the mark. Its age counts from `observedAt` (left out: now): older than the last one, or from the
 * future beyond the tolerance, it is refused, so prices that queued somewhere never count as fresh (protocol 3).
 */
export const publishPrice: Decide<'PublishPrice'> = (draft, { instrument, asset, price, observedAt, ...quality }) => {
  const { pool } = draft
  const listed = instrument === undefined ? undefined : pool.instruments.get(instrument)
  const registered = asset === undefined ? undefined : pool.assets.get(asset)
  if (instrument !== undefined && listed === undefined)
    return reject('unknown-instrument', `no instrument ${instrument} in this pool`)
  if (asset !== undefined && registered === undefined) return reject('unknown-asset', `no asset ${asset} in this pool`)
  if ((instrument === undefined) === (asset === undefined))
    return reject('bad-parameter', 'a price is that of one instrument, or of one asset')
  if (registered?.settlement === true)
    return reject('bad-parameter', `${registered.id} is what prices are in: its own is always 1`)
  if (!isPositive(decimal(price))) return reject('not-positive', `a price must be above zero, not ${price}`)
  if (listed !== undefined && hasEnded(pool, listed))
    return reject('not-trading', `${listed.id} has expired: its last price was the last`)
  const last: Price | undefined = listed?.price ?? registered?.price
  const observed = observedAt === undefined ? pool.at : parseTime(observedAt)
  if (observed > pool.at + pool.parameters.priceFuture_s * 1000)
    return reject(
      'price-out-of-order',
      `observed at ${formatTime(observed)}, which is still to come at ${formatTime(pool.at)}`,
    )
  if (last !== undefined && observed < last.observedAt)
    return reject(
      'price-out-of-order',
      `observed at ${formatTime(observed)}, before the last one at ${formatTime(last.observedAt)}`,
    )
  draft.record('PriceTick', {
    ...(instrument === undefined ? {} : { instrument }),
    ...(asset === undefined ? {} : { asset }),
    price,
    observedAt: formatTime(observed),
    ...quality,
  })
  return accepted
}
