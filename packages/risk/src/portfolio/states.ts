import { toDouble } from './double'
import type { RiskModel } from './model'
import type { Scenario } from './rows'
import type { Smile } from './smile'

/** What changes from state to state of an option's price: the factor on what of its forward moves, and its volatility. */
export interface OptionState {
  readonly move: number
  readonly volatility: number
}

/** All states in which an option is priced, in the order of its unit prices: as it is, forwards up and down, and the rows. */
export const statesOf = (model: RiskModel, scenarios: readonly Scenario[], smile: Smile): readonly OptionState[] => [
  { move: 1, volatility: smile.none },
  { move: toDouble(model.basis.up), volatility: smile.none },
  { move: toDouble(model.basis.down), volatility: smile.none },
  ...scenarios.map(({ factor, volatility }) => ({ move: factor, volatility: smile[volatility] })),
]
