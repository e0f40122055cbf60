import { houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import { add, decimal, format, min, subtract } from '@novation/decimal'
import { type Figure, figure } from './figure'
import { prefundedOf } from './sample'

const byAsset = (pool: Pool): readonly { readonly asset: string; readonly fund: string; readonly operator: string }[] =>
  [...pool.assets.keys()].sort().map((asset) => ({
    asset,
    fund: format(houseBalance(pool, insurance, asset)),
    operator: format(houseBalance(pool, skinInTheGame, asset)),
  }))

/** Default resources as they stand: all are prefunded. */
export const resources = (pool: Pool): readonly Figure[] => {
  const { operator, fund } = prefundedOf(pool)
  const first = min(operator, decimal(pool.parameters.waterfall.skinInTheGame))
  return [
    figure(
      '4.1',
      'ownCapitalBefore',
      'Prefunded own capital that pays before others',
      "the operator's first tranche: what it pays of one loss before the insurance fund, as far as it is there",
      format(first),
    ),
    figure(
      '4.1',
      'ownCapitalAfter',
      'Prefunded own capital that pays after others',
      "the rest of the operator's tranche, which pays after the insurance fund",
      format(subtract(operator, first)),
    ),
    figure('4.1', 'insuranceFund', 'Other prefunded resources', 'the insurance fund', format(fund)),
    figure(
      '4.3',
      'prefunded',
      'Prefunded default resources, total',
      'fund and operator together, in the settlement asset, in which losses are paid and no haircut is taken',
      format(add(operator, fund)),
    ),
    figure(
      '4.3',
      'prefundedByAsset',
      'Prefunded default resources by asset',
      'what each layer holds of each asset, in that asset, before any haircut',
      byAsset(pool),
    ),
  ]
}
