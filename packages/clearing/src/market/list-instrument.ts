import { decimal, greaterThan, isPositive, one } from '@novation/decimal'
import { type CommandData, parseTime } from '@novation/events'
import { checkSurface, checkTiers } from '@novation/risk'
import { accepted, type Decide, reject } from '../decision'
import { otherCurrency, unknownIndex } from '../oracle/set-index'
import { tieredTerms } from '../state/margin-terms'
import { expiryOf } from '../state/markets'
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

type Terms = CommandData<'ListInstrument'> & { multiplier: string; lot: string; gap: string }

/** So many digits of a strike are the same to whatever computes with it. */
const strikeDigits = 15

const badOption = ({ kind, expiry, strike, optionType, margin, index, signed }: Terms): string | undefined => {
  if (kind !== 'option')
    return strike !== undefined || optionType !== undefined ? `a ${kind} has no strike and no option type` : undefined
  if (expiry === undefined || strike === undefined || optionType === undefined)
    return 'an option has an expiry, a strike and an option type'
  if (margin !== undefined) return 'an option has no table of margin: the model of its underlying margins it'
  if (index !== undefined || signed !== undefined)
    return 'an option follows its underlying: it has neither index nor sign'
  if (!isPositive(decimal(strike))) return `a strike is above zero, not ${strike}`
  return strike.replace(/^0\.?0*|\./gu, '').length > strikeDigits
    ? `a strike has at most ${strikeDigits} digits, not ${strike}`
    : undefined
}

const badTable = (pool: Pool, { kind, margin }: Terms): string | undefined => {
  if (margin === undefined) return kind === 'option' ? undefined : `a ${kind} has a table of margin`
  return checkTiers(tieredTerms(margin)) ?? tooFineTiers(margin, decimalsOf(pool))
}

const badTermsOf = (pool: Pool, data: Terms): string | undefined => {
  const { kind, expiry, multiplier, lot, gap, liquidation } = data
  if (kind === 'future' && expiry === undefined) return 'a future has an expiry'
  if (kind === 'perpetual' && expiry !== undefined) return 'a perpetual has no expiry'
  const unlike = badOption(data)
  if (unlike !== undefined) return unlike
  if (expiry !== undefined && parseTime(expiry) <= pool.at) return 'the expiry has passed'
  if (!isPositive(decimal(multiplier))) return 'the multiplier must be above zero'
  if (!isPositive(decimal(lot))) return 'the lot must be above zero'
  if (!isPositive(decimal(gap)) || greaterThan(decimal(gap), one)) return `a gap is above 0 and at most 1, not ${gap}`
  return (
    badFloor(data, decimalsOf(pool)) ??
    badSettlement(data) ??
    badTable(pool, data) ??
    badTerms(mergeTerms(pool.parameters.liquidation, liquidation), decimalsOf(pool))
  )
}

/** Why an option could not be valued by the surface there is, or nothing. */
const unlikeSurface = (pool: Pool, { kind, underlying = '', expiry, strike }: Terms): string | undefined => {
  if (kind !== 'option' || expiry === undefined || strike === undefined) return undefined
  const known = expiryOf(pool, underlying, parseTime(expiry))?.volatility
  return known && checkSurface(known.surface, [decimal(strike)])
}

/** An instrument opens for trading. Perpetuals, dated futures, and options on what has a model; what this version cannot margin it does not list. */
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
    strike,
    optionType,
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
  if (kind === 'swap') return reject('not-supported', 'a swap needs a model of rates, which this version does not have')
  if (kind === 'option' && pool.risk?.models.has(underlying) !== true)
    return reject('no-risk-model', `an option is margined by the model of its underlying, and ${underlying} has none`)
  const terms = { ...data, multiplier, lot, gap }
  const wrong = badTermsOf(pool, terms) ?? otherCurrency(pool, index)
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  const unlike = unlikeSurface(pool, terms)
  if (unlike !== undefined) return reject('bad-surface', unlike)
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
    gap,
    ...(margin === undefined ? {} : { margin }),
    ...(underlying === instrument ? {} : { underlying: pool.instruments.get(underlying)?.underlying ?? underlying }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(strike === undefined ? {} : { strike }),
    ...(optionType === undefined ? {} : { optionType }),
    ...(marginFloor === undefined ? {} : { marginFloor }),
    ...(liquidation === undefined ? {} : { liquidation }),
    ...(index === undefined ? {} : { index }),
    ...(settlement === undefined ? {} : { settlement }),
  })
  return accepted
}
