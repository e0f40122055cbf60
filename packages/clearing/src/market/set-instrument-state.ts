import { accepted, type Decide, reject } from '../decision'
import { hasEnded } from '../trading/why-closed'

/**
 * Opens an instrument, lets it be reduced only, or halts it. Halted, neither trades nor bids are taken, auctions of it stand
 * still, and its price wears from the halt on, a step at once; prices are taken and moves are seen.
 */
export const setInstrumentState: Decide<'SetInstrumentState'> = (draft, { instrument: id, state }) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (state === instrument.state) return reject('bad-parameter', `${id} is ${state} already`)
  if (state === 'open' && instrument.delisting)
    return reject('bad-parameter', `${id} is being delisted: it is reduced only, or halted, until it expires`)
  if (hasEnded(pool, instrument)) return reject('not-trading', `${id} has expired: it has no other state any more`)
  draft.record('InstrumentStateSet', { instrument: id, state })
  return accepted
}
