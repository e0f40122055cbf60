import { decimal } from '@novation/decimal'
import type { RiskModel } from '../model'
import { parsed } from './vectors'

/** A sound model, as a venue for coins might set it; `more` are terms put in or instead. */
export const houseModel = (more: Partial<RiskModel> = {}): RiskModel => ({
  ...parsed<RiskModel>({
    spot: { range: '0.16', steps: 4, tails: ['0.34', '0.67', '1.5', '2', '3', '4'], tailFactor: '0.3' },
    volatility: { up: '0.5', down: '0.3', least: '0.4', floorDays: '1', shortPower: '0.3', longPower: '0.13' },
    discount: {
      longBase: '0.95',
      shortBase: '1.04',
      longRate: '1',
      longAdd: '0.08',
      shortRate: '0.5',
      shortAdd: '0.08',
    },
    basis: { up: '1.045', down: '0.955', add: '0.5', multiply: '2' },
    contingency: {
      linear: { maintenance: '0.015', initial: '0.005' },
      nakedOption: { maintenance: '0.003', initial: '0.002' },
    },
  }),
  // `-0.05 sqrt(tau) + 0.15`: the nearer the expiry, the further the smile may bend.
  skew: {
    cBase: decimal('-0.05'),
    cap: decimal('0.15'),
    minKStar: decimal('0.01'),
    width: decimal('4'),
    static: decimal('0.6'),
    scale: decimal('-0.1'),
  },
  ...more,
})
