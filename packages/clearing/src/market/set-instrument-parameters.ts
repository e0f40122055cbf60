import { formatTime } from '@novation/events'
import { checkTiers } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { tieredTerms } from '../state/margin-terms'
import { mergeChange, mergeTerms } from '../state/parameters'
import { noticeUntil } from '../state/term-changes'
import { hasEnded } from '../trading/why-closed'
import { tooManyChanges } from './notice'
import { badTerms, decimalsOf, tooFineTiers } from './terms'

/**
 * Changes the margin or the liquidation terms of an instrument. Initial rates count at once, which restricts and calls, and
 * liquidates nobody; what is higher of maintenance counts once a call from now on has run out. A liquidation that is under way
 * keeps its terms.
 */
export const setInstrumentParameters: Decide<'SetInstrumentParameters'> = (
  draft,
  { instrument: id, margin, liquidation },
) => {
  const { pool } = draft
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (margin !== undefined && instrument.option !== undefined)
    return reject('not-supported', `${id} has no table of margin: the model of ${instrument.underlying} margins it`)
  const own = liquidation === undefined ? undefined : mergeChange(instrument.liquidation, liquidation)
  const wrong =
    (margin && (checkTiers(tieredTerms(margin)) ?? tooFineTiers(margin, decimalsOf(pool)))) ??
    (own && badTerms(mergeTerms(pool.parameters.liquidation, own), decimalsOf(pool)))
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  if (hasEnded(pool, instrument)) return reject('not-trading', `${id} has expired: its terms are its last`)
  const tooMany = margin && tooManyChanges(instrument)
  if (tooMany !== undefined) return tooMany
  draft.record('InstrumentParametersSet', {
    instrument: id,
    ...(margin === undefined ? {} : { margin, from: formatTime(noticeUntil(pool)) }),
    ...(own === undefined ? {} : { liquidation: own }),
  })
  return accepted
}
