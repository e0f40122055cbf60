import { format } from '@novation/decimal'
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

/** Why nobody deals in what is open at the price it has. */
export const whyDoubtful = ({ id, held }: Instrument): string =>
  held === undefined
    ? `the price of ${id} is unknown or stale`
    : `the price of ${id} is held: ${format(held.value)} is too far from the last one to be believed before it is confirmed`
