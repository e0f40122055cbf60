import { formatTime } from '@novation/events'
import type { Dice } from '../engine/dice'
import { begin, gold, instruments, richKeeper, type Scene, traders } from './scene'
import { type Sending, sending } from './sending'

/** Other collateral than the settlement asset: its haircut, and who brings some of it along. */
const otherCollateral = (pool: string, dice: Dice): readonly Sending[] => [
  sending(pool, 1_000, 'gold', 'RegisterAsset', {
    asset: gold,
    decimals: 3,
    haircut: dice.pick(['0.05', '0.2', '0.5', '0.95']),
  }),
  ...traders
    .filter(() => dice.chance(0.6))
    .map((account) =>
      sending(pool, 3_000, `gold-${account}`, 'Deposit', {
        account,
        asset: gold,
        amount: (dice.next() * 15 + 0.001).toFixed(3),
      }),
    ),
]

/** How the house is set up: what may be held, by whom, on which terms; drawn, so that all terms get their turn. */
export const house = (dice: Dice, { pool, traits }: Scene): readonly Sending[] => {
  const sent = (at_ms: number, id: string, type: string, data: unknown) => sending(pool, at_ms, id, type, data)
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
    ...(dice.chance(0.6)
      ? [
          sent(1_500, `open-${richKeeper}`, 'OpenAccount', { account: richKeeper }),
          sent(3_000, `in-${richKeeper}`, 'Deposit', { account: richKeeper, asset: 'USD', amount: '30000' }),
        ]
      : []),
    ...(traits.has('collateral') ? otherCollateral(pool, dice) : []),
  ]
}

/** The future is settled in the end, and in some worlds the perpetual is wound down; with a crowd in it, at any price. */
export const settleAll = (
  dice: Dice,
  { pool, traits }: Scene,
  at: number,
  prices: ReadonlyMap<string, number>,
): readonly Sending[] =>
  instruments.flatMap((instrument) => {
    const crowded = traits.has('crowd') && instrument === 'BTC-PERP'
    if (instrument !== 'ETH-FUT' && !crowded && !dice.chance(0.3)) return []
    const price = (prices.get(instrument) ?? 100) * (crowded ? dice.pick([0.6, 0.95, 1.4]) : 1)
    return [
      sending(pool, at + dice.whole(0, 8_000), `settle-${instrument}`, 'SettleInstrument', {
        instrument,
        price: price.toFixed(2),
      }),
    ]
  })
