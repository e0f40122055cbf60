import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import type { Sending } from './sending'

export const instruments = ['BTC-PERP', 'ETH-FUT'] as const

const sent = (at_ms: number, id: string, type: string, data: unknown, actor = 'operator'): Sending => ({
  at_ms,
  text: JSON.stringify({ id, type, pool: 'main', actor, data }),
})

/** Every world begins at this time. */
export const begin = Date.parse('2020-03-12T10:00:00Z')

/** How the house is set up: what may be held, by whom, on which terms; drawn, so that all terms get their turn. */
export const house = (dice: Dice, traders: readonly string[]): readonly Sending[] => {
  const funds = dice.pick(['0', '50', '400', '3000'])
  const tranche = dice.pick(['0', '100', '800'])
  const margin = (initial: string, maintenance: string) => ({
    model: 'tiered',
    tiers: dice.chance(0.5)
      ? [
          { upTo: '2000', initial, maintenance },
          { initial: '0.2', maintenance: '0.1' },
        ]
      : [{ initial, maintenance }],
  })
  const expiry = formatTime(begin + dice.whole(60, 240) * 1000)
  const list = (instrument: string, more: object) =>
    sent(1_500, `list-${instrument}`, 'ListInstrument', { instrument, settlementAsset: 'USD', ...more })
  const parameters = {
    liquidation: {
      buffer: dice.pick(['0', '0.1', '0.25']),
      fee: dice.pick(['0', '0.005', '0.02']),
      auction: {
        start: '0.98',
        cutoff: '0.7',
        fastSeconds: dice.whole(2, 15),
        slowSeconds: dice.whole(5, 40),
        insolventSeconds: dice.whole(3, 30),
        backstopSeconds: dice.whole(2, 10),
      },
    },
    waterfall: {
      skinInTheGame: dice.pick(['0', '20', '200']),
      deleveraging: dice.pick(['queue', 'pro-rata']),
      ...(dice.chance(0.3) ? { insuranceCap: '60' } : {}),
    },
    priceTolerance_s: dice.whole(15, 60),
    callPeriod_s: dice.whole(5, 60),
    lossWindow_s: dice.whole(5, 120),
  }
  const accounts = [...traders, ...(dice.chance(0.7) ? ['backstop'] : [])]
  return [
    sent(0, 'usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    list('BTC-PERP', { kind: 'perpetual', margin: margin('0.1', '0.05') }),
    list('ETH-FUT', { kind: 'future', expiry, lot: dice.pick(['1', '0.1']), margin: margin('0.15', '0.08') }),
    sent(1_500, 'parameters', 'SetPoolParameters', parameters),
    ...(funds === '0' ? [] : [sent(1_500, 'fund', 'FundInsurance', { asset: 'USD', amount: funds })]),
    ...(tranche === '0'
      ? []
      : [sent(1_500, 'skin', 'FundInsurance', { asset: 'USD', amount: tranche, tranche: 'skin-in-the-game' })]),
    ...accounts.map((account) => sent(1_500, `open-${account}`, 'OpenAccount', { account })),
    ...accounts.map((account) =>
      sent(3_000, `in-${account}`, 'Deposit', { account, asset: 'USD', amount: String(dice.whole(200, 2_000)) }),
    ),
  ]
}

/** The future is settled in the end, and in some worlds the perpetual is wound down. */
export const settleAll = (dice: Dice, at: number, prices: ReadonlyMap<string, number>): readonly Sending[] =>
  instruments.flatMap((instrument) =>
    instrument === 'ETH-FUT' || dice.chance(0.3)
      ? [
          sent(at + dice.whole(0, 8_000), `settle-${instrument}`, 'SettleInstrument', {
            instrument,
            price: (prices.get(instrument) ?? 100).toFixed(2),
          }),
        ]
      : [],
  )
