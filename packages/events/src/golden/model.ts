import type { RiskModel } from '../risk-model'
import { usualModel } from '../usual-model'

/** All that a model may have. */
export const modelSample: RiskModel = {
  underlying: 'BTC',
  curve: 'USD',
  ...usualModel,
  contingency: { ...usualModel.contingency, confidence: '1' },
  minimum: { net: '0.01', gross: '0.0005' },
  group: { name: 'coins', width: 2, gains: '0.5' },
}
