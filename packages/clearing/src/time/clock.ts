import { format } from '@novation/decimal'
import type { CommandOf } from '@novation/events'
import { markOf } from '../state/health'
import type { Instrument, Pool } from '../state/pool'

type Ask<K extends 'PassTime' | 'SettleInstrument'> = Pick<CommandOf<K>, 'type' | 'data'>

const isToBeSettled = ({ fixed, settled }: Instrument): boolean => fixed && !settled

/** What the ledger's clock asks once something is due: that what has a fixing is settled at it, else that time passes. */
export const clockAsk = (pool: Pool): Ask<'PassTime'> | Ask<'SettleInstrument'> => {
  let first: Instrument | undefined
  for (const instrument of pool.instruments.values())
    if (isToBeSettled(instrument) && (first === undefined || instrument.id < first.id)) first = instrument
  return first === undefined
    ? { type: 'PassTime', data: {} }
    : { type: 'SettleInstrument', data: { instrument: first.id, price: format(markOf(first)) } }
}
