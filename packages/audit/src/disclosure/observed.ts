import { type Decimal, greaterThan, isPositive, isZero, subtract, sum } from '@novation/decimal'
import type { Place } from '../place'
import type { Walk } from '../walk'
import { exposure, largest, lossSince, type Sample, stressLoss } from './sample'
import { extend, noSeries, percentCeil, type Series } from './series'

export interface DisclosureOptions extends Walk {
  readonly pool: string
  readonly from?: Place
  readonly to: Place
  /** How far every mark moves, both ways, in the stress of 4.4, as a part of 1. */
  readonly stress: string
  /** How often accounts are looked at: the horizon of the back-test too. */
  readonly interval_s: number
}

/** What has been observed over the period. */
export interface Observed {
  readonly stressOne: Series
  readonly stressTwo: Series
  readonly stressBeyond: number
  readonly actualOne: Series
  readonly actualTwo: Series
  readonly observations: number
  readonly breaches: number
  readonly uncovered: Series
  readonly variation: Series
  readonly positionsOf: Shares
  readonly marginOf: Shares
}

/** What part of a whole the largest few have, in percent. */
export interface Shares {
  readonly five: Series
  readonly ten: Series
}

export const nothing: Observed = {
  stressOne: noSeries,
  stressTwo: noSeries,
  stressBeyond: 0,
  actualOne: noSeries,
  actualTwo: noSeries,
  observations: 0,
  breaches: 0,
  uncovered: noSeries,
  variation: noSeries,
  positionsOf: { five: noSeries, ten: noSeries },
  marginOf: { five: noSeries, ten: noSeries },
}

/** Where there is nothing to have a part of, there is nothing to observe. */
const extendShares = ({ five, ten }: Shares, amounts: readonly Decimal[]): Shares => {
  const whole = sum(amounts)
  if (isZero(whole)) return { five, ten }
  return {
    five: extend(five, percentCeil(largest(amounts, 5), whole)),
    ten: extend(ten, percentCeil(largest(amounts, 10), whole)),
  }
}

/** One more sample of the pool. */
export const observe = (so: Observed, sample: Sample, stress: string): Observed => {
  const one = stressLoss(sample, stress, 1)
  return {
    ...so,
    stressOne: extend(so.stressOne, one),
    stressTwo: extend(so.stressTwo, stressLoss(sample, stress, 2)),
    stressBeyond: so.stressBeyond + (greaterThan(one, sample.prefunded) ? 1 : 0),
    actualOne: extend(so.actualOne, exposure(sample, 1)),
    actualTwo: extend(so.actualTwo, exposure(sample, 2)),
    positionsOf: extendShares(
      so.positionsOf,
      sample.accounts.map(({ notional }) => notional),
    ),
    marginOf: extendShares(
      so.marginOf,
      sample.accounts.map(({ initial }) => initial),
    ),
  }
}

/** The positions of the last sample held against later prices: did the margin required then cover the loss since? */
export const backtest = (
  so: Observed,
  before: Sample,
  priceOf: (instrument: string) => Decimal | undefined,
): Observed => {
  const holders = before.accounts.filter(({ held }) => held.length > 0)
  const beyond = holders
    .map((account) => subtract(lossSince(account, priceOf), account.initial))
    .filter((amount) => isPositive(amount))
  return {
    ...so,
    observations: so.observations + holders.length,
    breaches: so.breaches + beyond.length,
    uncovered: beyond.reduce(extend, so.uncovered),
  }
}
