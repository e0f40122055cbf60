import { abs, add, decimal, format, greaterThan, multiply } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { accepted, type Decide, reject } from '../decision'
import { markOf } from '../state/health'
import { refOf } from '../state/reference'
import { whyClosed, whyDoubtful } from './why-closed'

/**
 * Longs pay shorts `rate` of the notional (a negative rate: shorts pay longs). One event moves the instrument's index
 * by rate x mark x multiplier (of what may cost nothing, x its reference), however many hold it; each pays when next touched (risk 6). No rate is above the pool's cap,
 * and none is paid again before its interval is over.
 */
export const payFunding: Decide<'PayFunding'> = (draft, { instrument: id, rate }) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (instrument.kind !== 'perpetual') return reject('not-supported', `${id} is dated: it pays no funding`)
  const closed = whyClosed(pool, instrument)
  if (closed !== undefined) return reject('not-trading', closed)
  const { cap, interval_s } = pool.parameters.funding
  if (greaterThan(abs(decimal(rate)), decimal(cap)))
    return reject('beyond-band', `a funding rate is at most ${cap} either way, not ${rate}`)
  const next = (instrument.fundedAt ?? Number.NEGATIVE_INFINITY) + interval_s * 1000
  if (pool.at < next) return reject('too-soon', `${id} pays funding again from ${formatTime(next)} on`)
  if (!instrument.stand.live) return reject('stale-price', whyDoubtful(instrument))
  const mark = markOf(instrument)
  const index = add(
    instrument.fundingIndex,
    multiply(multiply(decimal(rate), refOf(instrument, mark)), instrument.multiplier),
  )
  draft.record('FundingPaid', { instrument: id, rate, mark: format(mark), index: format(index) })
  return accepted
}
