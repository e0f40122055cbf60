import type { Pool } from '@novation/clearing'
import { format, integer, isPositive, multiply, one, subtract, sum, zero } from '@novation/decimal'
import { type Figure, figure } from './figure'
import type { Observed } from './observed'
import { sampleOf } from './sample'
import { percentFloor, told } from './series'

const collateralByAsset = (
  pool: Pool,
): readonly { readonly asset: string; readonly before: string; readonly after: string }[] =>
  [...pool.assets.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, haircut, settlement, price }) => {
      const held = [...pool.accounts.values()].map(({ balances }) => balances.get(id) ?? zero).filter(isPositive)
      const worth = settlement ? sum(held) : multiply(sum(held), price?.value ?? zero)
      return {
        asset: id,
        before: format(worth),
        after: format(settlement ? worth : multiply(worth, subtract(one, haircut))),
      }
    })

const backtest = (so: Observed, interval_s: number): readonly Figure[] => [
  figure(
    '6.5',
    'backtestBreaches',
    'Times margin did not cover the loss',
    'observations in which the positions that an account held as an interval began lost more by its end than the initial margin required for them then',
    so.breaches,
  ),
  figure(
    '6.5',
    'backtestInterval',
    'Frequency of the back-test',
    'seconds of an interval; one that is not over, or in which nothing happened, is no observation',
    interval_s,
  ),
  figure(
    '6.5',
    'backtestObservations',
    'Observations',
    'accounts with positions as an interval began, over all intervals that are over',
    so.observations,
  ),
  figure(
    '6.5',
    'backtestCoverage',
    'Coverage achieved',
    'percent of the observations that were covered, rounded down',
    so.observations === 0
      ? undefined
      : format(percentFloor(integer(so.observations - so.breaches), integer(so.observations))),
  ),
  figure(
    '6.5',
    'backtestUncovered',
    'Size of what was not covered',
    'loss beyond the initial margin, average and peak over the observations that were not covered',
    told(so.uncovered, 2),
  ),
]

export const margins = (pool: Pool, so: Observed, interval_s: number): readonly Figure[] => [
  figure(
    '6.1',
    'initialMargin',
    'Total initial margin required',
    'of all accounts at the end of the period, each netted over its own positions as its model has it',
    format(sum(sampleOf(pool).accounts.map(({ initial }) => initial))),
  ),
  figure(
    '6.2',
    'collateral',
    'Collateral held against initial margin',
    'of all accounts at the end, by asset, in the settlement asset, before and after haircut; a debt of one lessens nothing that another has',
    collateralByAsset(pool),
  ),
  ...backtest(so, interval_s),
  figure(
    '6.6',
    'variationMarginAverage',
    'Average variation margin paid a day',
    'of the UTC days of ledger time in the period, those without events too: the losses of all accounts whose positions lost that day, realised or not, funding included; here a loss counts at once and is not called in cycles',
    told(so.variation, 2)?.average,
  ),
  figure(
    '6.7',
    'variationMarginPeak',
    'Largest variation margin paid on a day',
    'the largest of the same',
    told(so.variation, 2)?.peak,
  ),
]
