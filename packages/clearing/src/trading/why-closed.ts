import { isHalted } from '../state/halted'
import type { Instrument, Pool } from '../state/pool'

/** Whether trading in it is over for good: expiry ends it, whether or not anybody has said so yet. */
export const hasEnded = ({ at }: Pool, { expired, expiry }: Instrument): boolean =>
  expired || (expiry !== undefined && at >= expiry)

/** Why nobody trades an instrument now, or nothing. */
export const whyClosed = (pool: Pool, instrument: Instrument): string | undefined => {
  const { id, settled } = instrument
  if (settled) return `${id} is settled`
  if (hasEnded(pool, instrument)) return `${id} has expired`
  return isHalted(instrument) ? `${id} is halted` : undefined
}
