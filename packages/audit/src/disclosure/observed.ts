import type { Pool } from '@novation/clearing'
import { greaterThan, isPositive, subtract, sum } from '@novation/decimal'
import type { Place } from '../place'
import type { Walk } from '../walk'
import { exposure, largest, lossSince, type Sample, stressLoss } from './sample'
import { extend, noSeries, percent, type Series } from './series'

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
  readonly samples: number
  readonly stressOne: Series
  readonly stressTwo: Series
  readonly stressBeyond: number
  readonly actualOne: Series
  readonly actualTwo: Series
  readonly observations: number
  readonly breaches: number
  readonly uncovered: Series
  readonly variation: Series
  readonly positionsOfFive: Series
  readonly marginOfFive: Series
}

export const nothing: Observed = {
  samples: 0,
  stressOne: noSeries,
  stressTwo: noSeries,
  stressBeyond: 0,
  actualOne: noSeries,
  actualTwo: noSeries,
  observations: 0,
  breaches: 0,
  uncovered: noSeries,
  variation: noSeries,
  positionsOfFive: noSeries,
  marginOfFive: noSeries,
}

/** One more sample of the pool. */
export const observe = (so: Observed, sample: Sample, stress: string): Observed => {
  const one = stressLoss(sample, stress, 1)
  const notionals = sample.accounts.map(({ notional }) => notional)
  const margins = sample.accounts.map(({ initial }) => initial)
  return {
    ...so,
    samples: so.samples + 1,
    stressOne: extend(so.stressOne, one),
    stressTwo: extend(so.stressTwo, stressLoss(sample, stress, 2)),
    stressBeyond: so.stressBeyond + (greaterThan(one, sample.prefunded) ? 1 : 0),
    actualOne: extend(so.actualOne, exposure(sample, 1)),
    actualTwo: extend(so.actualTwo, exposure(sample, 2)),
    positionsOfFive: extend(so.positionsOfFive, percent(largest(notionals, 5), sum(notionals))),
    marginOfFive: extend(so.marginOfFive, percent(largest(margins, 5), sum(margins))),
  }
}

/** The positions of the last sample held against the marks of now: did the initial margin held then cover the loss since? */
export const backtest = (so: Observed, before: Sample, pool: Pool): Observed => {
  const holders = before.accounts.filter(({ held }) => held.length > 0)
  const beyond = holders
    .map((account) => subtract(lossSince(account, pool), account.initial))
    .filter((amount) => isPositive(amount))
  return {
    ...so,
    observations: so.observations + holders.length,
    breaches: so.breaches + beyond.length,
    uncovered: beyond.reduce(extend, so.uncovered),
  }
}
