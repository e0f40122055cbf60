import { decimal, format, isPositive } from '@novation/decimal'
import { type Changeable, type EventData, formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { isSigned } from '../state/reference'
import { hasEnded } from '../trading/why-closed'
import { heldSince } from './held-since'
import { observedIn, outOfOrder } from './observed'

/**
 * A price becomes the mark, unless it is too far from the last one to be believed at once: then it is held. Its age counts from `observedAt` (left out: now): older than the last one, or from the
 * future beyond the tolerance, it is refused, so prices that queued somewhere never count as fresh (protocol 3).
 */
export const publishPrice: Decide<'PublishPrice'> = (draft, { instrument, asset, price, observedAt, ...quality }) => {
  const { pool } = draft
  const listed = instrument === undefined ? undefined : pool.instruments.get(instrument)
  const registered = asset === undefined ? undefined : pool.assets.get(asset)
  if (instrument !== undefined && listed === undefined)
    return reject('unknown-instrument', `no instrument ${instrument} in this pool`)
  if (asset !== undefined && registered === undefined) return reject('unknown-asset', `no asset ${asset} in this pool`)
  const { index } = listed ?? registered ?? nothing
  if (listed?.option !== undefined)
    return reject('not-supported', `${listed.id} is told no price: it follows from those of ${listed.underlying}`)
  if (index !== undefined)
    return reject('signed-prices-only', `${instrument ?? asset} has the price of ${index}, which its sources sign`)
  if ((instrument === undefined) === (asset === undefined))
    return reject('bad-parameter', 'a price is that of one instrument, or of one asset')
  if (registered?.settlement === true)
    return reject('bad-parameter', `${registered.id} is what prices are in: its own is always 1`)
  if (!(listed !== undefined && isSigned(listed)) && !isPositive(decimal(price)))
    return reject('not-positive', `a price must be above zero, not ${price}`)
  if (listed !== undefined && hasEnded(pool, listed))
    return reject('not-trading', `${listed.id} has expired: its last price was the last`)
  const { price: last, held } = listed ?? registered ?? nothing
  const observed = observedIn(pool, observedAt)
  const early = outOfOrder(pool, observed, held?.observedAt ?? last?.observedAt)
  if (early !== undefined) return early
  const said: Changeable<EventData<'PriceTick'>> = { price, observedAt: formatTime(observed) }
  if (instrument !== undefined) said.instrument = instrument
  if (asset !== undefined) said.asset = asset
  Object.assign(said, quality)
  const since =
    last &&
    heldSince({ last: last.value, held, value: decimal(price), observed, of: listed ?? registered }, pool.parameters)
  if (last === undefined || since === undefined) draft.record('PriceTick', said)
  else draft.record('PriceHeld', { ...said, mark: format(last.value), since: formatTime(since) })
  return accepted
}

const nothing = { price: undefined, held: undefined, index: undefined }
