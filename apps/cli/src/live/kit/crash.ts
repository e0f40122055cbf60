import type { Command } from '@novation/events'

/** A small crash: six traders, a fund and a backstop too small for it, a price that falls to a third. */
export const crash = (pool: string, now_ms: number): readonly Command[] => {
  let n = 0
  const wish = (type: Command['type'], data: unknown): Command =>
    ({ id: `crash-${n++}`, type, pool, actor: 'operator', data }) as Command
  const tick = (price: string): Command =>
    wish('PublishPrice', { instrument: 'BTC-PERP', price, observedAt: new Date(now_ms + n).toISOString() })
  const people = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank']
  return [
    wish('RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    wish('ListInstrument', {
      instrument: 'BTC-PERP',
      kind: 'perpetual',
      settlementAsset: 'USD',
      lot: '0.001',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    }),
    wish('SetPoolParameters', {
      priceTolerance_s: 3600,
      wear_s: 3600,
      deviation: '10',
      backstop: 'backstop',
      liquidation: { auction: { fastSeconds: 0, slowSeconds: 0, insolventSeconds: 0 } },
    }),
    ...[...people, 'backstop'].flatMap((account) => [
      wish('OpenAccount', { account }),
      wish('Deposit', { account, asset: 'USD', amount: account === 'backstop' ? '300' : '1000' }),
    ]),
    wish('FundInsurance', { asset: 'USD', amount: '200' }),
    tick('5000'),
    wish('ClearTrade', {
      trade: 't1',
      instrument: 'BTC-PERP',
      buyer: 'alice',
      seller: 'bob',
      quantity: '1',
      price: '5000',
    }),
    wish('ClearTrade', {
      trade: 't2',
      instrument: 'BTC-PERP',
      buyer: 'carol',
      seller: 'dave',
      quantity: '1.5',
      price: '5000',
    }),
    wish('ClearTrade', {
      trade: 't3',
      instrument: 'BTC-PERP',
      buyer: 'erin',
      seller: 'frank',
      quantity: '0.5',
      price: '5000',
    }),
    ...['4800', '4600', '4400', '4250', '4100', '3800', '3400', '3000', '2400', '1700'].map(tick),
  ]
}
