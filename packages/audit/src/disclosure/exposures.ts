import { decimal, format, integer, multiply } from '@novation/decimal'
import { type Figure, figure } from './figure'
import type { Observed } from './observed'
import { told } from './series'

/** What the worst accounts would owe, and what they did, beyond all that is held for them. */
export const exposures = (so: Observed, stress: string): readonly Figure[] => {
  const move = `if every mark fell, or every mark rose, by ${format(multiply(decimal(stress), integer(100)))} % at once`
  return [
    figure(
      '4.4',
      'stressLossOne',
      'Estimated largest stress loss, one participant',
      `what the one worst account would owe beyond all its collateral ${move}; average and peak over all samples`,
      told(so.stressOne, 2),
    ),
    figure(
      '4.4',
      'stressLossTwo',
      'Estimated largest stress loss, two participants',
      'the same of the two worst accounts together',
      told(so.stressTwo, 2),
    ),
    figure(
      '4.4',
      'stressLossBeyond',
      'Times that loss exceeded the prefunded resources',
      'samples at which the stress loss of one participant was above fund and operator together',
      so.stressBeyond,
    ),
    figure(
      '4.4',
      'exposureOne',
      'Actual largest exposure, one participant',
      'what the one worst account owed beyond all its collateral; average and peak over all samples',
      told(so.actualOne, 2),
    ),
    figure(
      '4.4',
      'exposureTwo',
      'Actual largest exposure, two participants',
      'the same of the two worst accounts together',
      told(so.actualTwo, 2),
    ),
  ]
}
