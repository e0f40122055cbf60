import { decimal, equals, greaterThan } from '@novation/decimal'
import { markOf } from '../state/health'
import type { Pool } from '../state/pool'
import type { Law } from './append'

const interestOf = (pool: Pool, id: string) => pool.instruments.get(id)?.openInterest

/**
 * Nobody deals in what is halted or has ended; where only reductions are taken no trade raises the open interest; and what has
 * a fixing is settled at that.
 */
export const marketsKeepTheirState: Law = ({ before, events, after }) => {
  for (const { type, data } of events) {
    if (type === 'Liquidated') {
      const closed = data.closed.find(({ instrument }) => before.instruments.get(instrument)?.state === 'halted')
      if (closed !== undefined) return `${data.bidder} takes over ${closed.instrument}, which is halted`
    }
    if (type === 'InstrumentSettled') {
      const instrument = before.instruments.get(data.instrument)
      if (instrument?.fixed === true && !equals(markOf(instrument), decimal(data.price)))
        return `${data.instrument} is settled at ${data.price}, and not at its fixing`
    }
    if (type !== 'TradeCleared') continue
    const instrument = before.instruments.get(data.instrument)
    if (instrument?.state === 'halted' || instrument?.expired === true)
      return `${data.trade} is cleared in ${data.instrument}, which nobody trades`
    const [was, is] = [interestOf(before, data.instrument), interestOf(after, data.instrument)]
    if (instrument?.state === 'reduce-only' && was !== undefined && is !== undefined && greaterThan(is, was))
      return `${data.trade} raises the open interest of ${data.instrument}, which is only reduced`
  }
  return undefined
}
