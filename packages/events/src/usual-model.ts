import type { RiskModel } from './risk-model'

/**
 * How a venue for coins may margin its options to begin with: a grid of sixteen percent either way in four steps, tails beyond, and
 * usual terms besides.
 */
export const usualModel: Omit<RiskModel, 'underlying'> & Pick<Required<RiskModel>, 'spot'> = {
  spot: { range: '0.16', steps: 4, tails: ['0.34', '0.67', '1.5', '2'], tailFactor: '0.77' },
  volatility: { up: '0.5', down: '0.3', least: '0.4', floorDays: '1', shortPower: '0.3', longPower: '0.13' },
  discount: { longBase: '0.95', longRate: '1', longAdd: '0.08', shortBase: '1.04', shortRate: '0.5', shortAdd: '0.08' },
  basis: { up: '1.045', down: '0.955', add: '0.5', multiply: '2' },
  skew: { cBase: '-0.05', cap: '0.15', minKStar: '0.01', width: '4', static: '0.6', scale: '-0.1' },
  contingency: {
    linear: { maintenance: '0.015', initial: '0.005' },
    nakedOption: { maintenance: '0.003', initial: '0.002' },
  },
}
