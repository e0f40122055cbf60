import { type Decimal, equals, format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import type { Draft } from '../decision'
import { isStopped } from '../state/halted'
import { isFreshAt, markOf } from '../state/health'
import type { Instrument, Pool } from '../state/pool'
import { settlementMean, windowOf } from '../state/price-window'

/**
 * What an instrument is settled at, as far as that is known now that its day has come: what its index came to over time, where it is
 * settled at that; else its last price, if that was fresh then and no other is held.
 */
export const fixingOf = (pool: Pool, instrument: Instrument): Decimal | undefined => {
  if (windowOf(instrument) !== undefined) return settlementMean(pool, instrument)
  const isFinal = !isStopped(instrument) && isFreshAt(pool, instrument, instrument.expiry ?? pool.at)
  return isFinal ? markOf(instrument) : undefined
}

/** Trading in it has ended. A fixing that is not its last price becomes that first: what is final is the mark. */
export const recordExpiry = (draft: Draft, instrument: Instrument, fixing: Decimal | undefined): void => {
  const { id, index, price } = instrument
  if (fixing === undefined) {
    draft.record('InstrumentExpired', { instrument: id })
    return
  }
  if (price === undefined || !equals(price.value, fixing))
    draft.record('PriceTick', {
      instrument: id,
      price: format(fixing),
      observedAt: formatTime(draft.pool.at),
      ...(index === undefined ? {} : { index }),
    })
  draft.record('InstrumentExpired', { instrument: id, fixing: format(fixing) })
}
