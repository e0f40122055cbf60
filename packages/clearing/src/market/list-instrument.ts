import { decimal, greaterThan, isPositive, one } from '@novation/decimal'
import { type CommandData, parseTime } from '@novation/events'
import { checkTiers } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { otherCurrency, unknownIndex } from '../oracle/set-index'
import { tieredTerms } from '../state/margin-terms'
import { mergeTerms } from '../state/parameters'
import type { Pool } from '../state/pool'
import { badTerms, decimalsOf, tooFine, tooFineTiers } from './terms'

/** How far a price may jump unseen, where nothing else was said. */
const usualGap = '0.3'

/** The finest quantity a command can write: the lot of an instrument that names none. */
const finestLot = '0.000000000000000001'

/** What may cost nothing, or less, has a floor for its margin, and nothing else has. */
const badFloor = (
  { signed = false, marginFloor }: CommandData<'ListInstrument'>,
  decimals: number | undefined,
): string | undefined => {
  if (marginFloor === undefined)
    return signed
      ? 'what may cost nothing or less needs a marginFloor, for its margin is a share of that then'
      : undefined
  if (!signed) return 'a marginFloor is for what may cost nothing or less (signed)'
  return isPositive(decimal(marginFloor)) ? tooFine({ marginFloor }, decimals) : 'the marginFloor must be above zero'
}

/** How long an index is settled at: it takes an index, and time enough. */
const badSettlement = ({ index, settlement }: CommandData<'ListInstrument'>): string | undefined => {
  if (settlement === undefined) return undefined
  const { twap_s, longest_s } = settlement
  if (index === undefined) return 'settlement is at an index over time, and the instrument names none'
  if (twap_s === 0) return 'twap_s must be above zero'
  return longest_s < twap_s ? 'longest_s must not be below twap_s' : undefined
}

const badTermsOf = (
  pool: Pool,
  data: CommandData<'ListInstrument'> & { multiplier: string; lot: string; gap: string },
) => {
  const { kind, expiry, strike, optionType, multiplier, lot, margin, gap, liquidation } = data
  if (kind === 'future' && expiry === undefined) return 'a future has an expiry'
  if (kind === 'perpetual' && expiry !== undefined) return 'a perpetual has no expiry'
  if (strike !== undefined || optionType !== undefined) return `a ${kind} has no strike and no option type`
  if (expiry !== undefined && parseTime(expiry) <= pool.at) return 'the expiry has passed'
  if (!isPositive(decimal(multiplier))) return 'the multiplier must be above zero'
  if (!isPositive(decimal(lot))) return 'the lot must be above zero'
  if (!isPositive(decimal(gap)) || greaterThan(decimal(gap), one)) return `a gap is above 0 and at most 1, not ${gap}`
  const wrong = badFloor(data, decimalsOf(pool)) ?? badSettlement(data)
  if (wrong !== undefined) return wrong
  return (
    checkTiers(tieredTerms(margin)) ??
    tooFineTiers(margin, decimalsOf(pool)) ??
    badTerms(mergeTerms(pool.parameters.liquidation, liquidation), decimalsOf(pool))
  )
}

/** An instrument opens for trading. Perpetuals and dated futures; what this version cannot margin it does not list. */
export const listInstrument: Decide<'ListInstrument'> = (draft, data) => {
  const { pool } = draft
  const {
    instrument,
    kind,
    settlementAsset,
    multiplier = '1',
    lot = finestLot,
    gap = usualGap,
    underlying = instrument,
    expiry,
    marginFloor,
    margin,
    liquidation,
    index,
    settlement,
  } = data
  if (!pool.assets.has(settlementAsset)) return reject('unknown-asset', `no asset ${settlementAsset} in this pool`)
  const unknown = unknownIndex(pool, index)
  if (unknown !== undefined) return unknown
  if (pool.assets.has(instrument) || pool.instruments.has(instrument))
    return reject('name-taken', `${instrument} names an asset or an instrument already`)
  if (underlying !== instrument && !pool.assets.has(underlying) && !pool.instruments.has(underlying))
    return reject('unknown-asset', `${underlying}, which is to underlie ${instrument}, is neither asset nor instrument`)
  if (kind === 'option' || kind === 'swap')
    return reject('not-supported', `a ${kind} needs scenario margin, which this pool does not offer`)
  const wrong = badTermsOf(pool, { ...data, multiplier, lot, gap }) ?? otherCurrency(pool, index)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  if (settlementAsset !== pool.settlementAsset)
    return reject(
      'not-settlement-asset',
      `the pool settles in ${pool.settlementAsset ?? 'no asset yet'}, not in ${settlementAsset}`,
    )
  draft.record('InstrumentListed', {
    instrument,
    kind,
    settlementAsset,
    multiplier,
    lot,
    margin,
    gap,
    ...(underlying === instrument ? {} : { underlying: pool.instruments.get(underlying)?.underlying ?? underlying }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(marginFloor === undefined ? {} : { marginFloor }),
    ...(liquidation === undefined ? {} : { liquidation }),
    ...(index === undefined ? {} : { index }),
    ...(settlement === undefined ? {} : { settlement }),
  })
  return accepted
}
