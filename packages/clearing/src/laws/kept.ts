import type { Plan } from './arbitraries'

/**
 * Random worlds in which a law was broken once, as small as they could be made, each named after its symptom.
 * `npm run laws` prints a failing world in this form.
 */
export const kept: Readonly<Record<string, Plan>> = {
  'what an account below zero lacks stays what it was at the price before': {
    parts: { accounts: 120, closes: 45 },
    places: 2,
    members: [
      { isolated: false, cash: 0, coins: 0 },
      { isolated: false, cash: 0, coins: 400 },
    ],
    backstop: 100000,
    fund: 0,
    tranche: 0,
    parameters: {
      liquidation: {
        buffer: '0',
        fee: '0',
        keeperTip: '0',
        keeperShare: '0',
        dust: '0',
        auction: { start: '1', cutoff: '0.5', fastSeconds: 0, slowSeconds: 0, insolventSeconds: 0 },
      },
      waterfall: { skinInTheGame: '0', deleveraging: 'queue' },
      priceTolerance_s: 60,
      wear_s: 600,
      callPeriod_s: 60,
      lossWindow_s: 60,
    },
    instruments: [
      {
        at: '20',
        margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
        multiplier: '1',
        lot: '0.001',
        gap: '0.3',
      },
    ],
    haircut: '0',
    actions: [
      { do: 'trade', of: 0, sides: [4, 3], use: 20, percent: 97 },
      { do: 'wait', seconds: 61 },
      { do: 'price', of: 0, percent: 1 },
      { do: 'price', of: 0, percent: 96 },
    ],
    related: false,
  },
}
