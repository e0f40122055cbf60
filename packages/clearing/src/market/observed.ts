import { formatTime, type Millis, parseTime } from '@novation/events'
import { type Decision, reject } from '../decision'
import type { Pool } from '../state/pool'

/** When something was observed: where nobody says, now. */
export const observedIn = ({ at }: Pool, observedAt: string | undefined): Millis =>
  observedAt === undefined ? at : parseTime(observedAt)

/** What is still to come, or older than the last of it, is refused: so what queued somewhere never counts as fresh (protocol 3). */
export const outOfOrder = (
  { at, parameters }: Pool,
  observed: Millis,
  before: Millis = Number.NEGATIVE_INFINITY,
): Decision | undefined => {
  if (observed > at + parameters.priceFuture_s * 1000)
    return reject(
      'price-out-of-order',
      `observed at ${formatTime(observed)}, which is still to come at ${formatTime(at)}`,
    )
  return observed < before
    ? reject('price-out-of-order', `observed at ${formatTime(observed)}, before the last one at ${formatTime(before)}`)
    : undefined
}
