import { formatTime, type Millis, parseTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import type { Instrument, Pool } from '../state/pool'
import { hasEnded } from '../trading/why-closed'

const badTime = ({ at: now, parameters }: Pool, { id, expiry }: Instrument, at: Millis): string | undefined => {
  const earliest = now + parameters.notice_s * 1000
  if (at < earliest) return `who holds ${id} has notice of ${parameters.notice_s} s: not before ${formatTime(earliest)}`
  return expiry !== undefined && at > expiry ? `${id} expires at ${formatTime(expiry)} already` : undefined
}

/** Gives notice of an instrument's end: until then it is reduced only, and then it expires like any that is dated. */
export const delistInstrument: Decide<'DelistInstrument'> = (draft, { instrument: id, at }) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (instrument.option !== undefined)
    return reject('not-supported', `${id} ends with its expiry, together with all that is of that`)
  const wrong = badTime(pool, instrument, parseTime(at))
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  if (hasEnded(pool, instrument)) return reject('not-trading', `${id} has expired already`)
  draft.record('InstrumentDelisting', { instrument: id, at: formatTime(parseTime(at)) })
  return accepted
}
