import { format } from '@novation/decimal'
import type { CommandOf } from '@novation/events'
import { wholeExpiryOf } from '../state/expiries'
import { markOf } from '../state/health'
import type { Instrument, Pool } from '../state/pool'

type Ask<K extends 'PassTime' | 'SettleInstrument' | 'SettleExpiry'> = Pick<CommandOf<K>, 'type' | 'data'>

const isToBeSettled = ({ fixed, settled }: Instrument): boolean => fixed && !settled

/** What the ledger's clock asks once something is due: that what has a fixing is settled at it, else that time passes. */
export const clockAsk = (pool: Pool): Ask<'PassTime'> | Ask<'SettleInstrument'> | Ask<'SettleExpiry'> => {
  let first: Instrument | undefined
  for (const instrument of pool.instruments.values())
    if (isToBeSettled(instrument) && (first === undefined || instrument.id < first.id)) first = instrument
  if (first === undefined) return { type: 'PassTime', data: {} }
  const whole = wholeExpiryOf(pool, first)
  return whole !== undefined
    ? { type: 'SettleExpiry', data: { underlying: whole.underlying, expiry: whole.expiry } }
    : { type: 'SettleInstrument', data: { instrument: first.id, price: format(markOf(first)) } }
}
