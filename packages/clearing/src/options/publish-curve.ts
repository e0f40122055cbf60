import { decimal } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { checkCurve } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { observedIn, outOfOrder } from '../market/observed'

/** What money that comes in so many days is worth now: bootstrapped outside, linear in the logarithm between the points. */
export const publishCurve: Decide<'PublishCurve'> = (draft, { curve, points, observedAt, ...quality }) => {
  const { pool } = draft
  const bad = checkCurve(points.map(({ days, discount }) => ({ days, discount: decimal(discount) })))
  if (bad !== undefined) return reject('bad-surface', bad)
  const observed = observedIn(pool, observedAt)
  const early = outOfOrder(pool, observed, pool.risk?.curves.get(curve)?.observedAt)
  if (early !== undefined) return early
  draft.record('CurveTick', { curve, points, observedAt: formatTime(observed), ...quality })
  return accepted
}
