import { alone, btcPerp, marketOf, type Sent, said, tick } from '@novation/platform/kit'
import { insurance } from './policy'

/** What happens where nobody else is at work. */
const after = alone(insurance)
const market = marketOf('alice', 'bob')

/** Long after its last price, when it is worn out, an operator may settle it. */
const late_s = 2_000
const settledAt = (price: string): Sent => ['SettleInstrument', { instrument: 'BTC-PERP', price }, 'operator', late_s]

/** Nobody liquidates here, so the test lets the position be settled: that leaves alice with a debt. */
const settled = settledAt('3500')

describe('the insurance service', () => {
  it('sends a loss down the waterfall: the fund first, then a haircut of profit', () => {
    const events = after(...market, ['FundInsurance', { asset: 'USD', amount: '200' }], settled)
    expect(events.find(({ type }) => type === 'InsuranceDrawn')).toMatchObject({
      data: { defaulter: 'alice', amount: '200', purpose: 'write-off' },
    })
    expect(events.find(({ type }) => type === 'LossSocialized')).toMatchObject({
      data: {
        loss: '300',
        taken: [{ account: 'bob', amount: '300' }],
        given: [{ account: 'alice', amount: '300' }],
        uncovered: '0',
      },
    })
  })

  it('asks for nothing while nobody owes anything', () =>
    expect(said(after(...market, settledAt('5000')))).not.toContain('CommandRejected'))

  it('waits while somebody below zero is offered for sale, which may yet bring something in, but no longer than the window', () => {
    const deal = { trade: 't2', instrument: 'ETH-PERP', buyer: 'carol', seller: 'dave', quantity: '1', price: '5000' }
    const waiting: readonly Sent[] = [
      ...marketOf('alice', 'bob', 'carol', 'dave'),
      ['ListInstrument', { ...btcPerp, instrument: 'ETH-PERP' }],
      ['PublishPrice', { instrument: 'ETH-PERP', price: '5000' }],
      ['ClearTrade', deal],
      ['PublishPrice', { instrument: 'ETH-PERP', price: '3900' }, 'operator', late_s - 1],
      ['StartLiquidation', { account: 'carol' }, 'liquidator', late_s - 1],
      settled,
    ]
    const deposit = { account: 'bob', asset: 'USD', amount: '1' }
    const later = (seconds: number) => said(after(...waiting, ['Deposit', deposit, 'operator', late_s + seconds]))
    expect(later(4)).not.toContain('LossSocialized')
    expect(later(5).slice(-3)).toEqual(['TimePassed', 'LossSocialized', 'CollateralDeposited'])
  })

  it('asks once for a loss that is booked in parts', () => {
    const crowd = Array.from({ length: 121 }, (_, i) => `w${i}`)
    const types = said(
      after(
        ...market.slice(0, 3),
        ...['alice', ...crowd].flatMap((account) => [
          ['OpenAccount', { account }] as const,
          ['Deposit', { account, asset: 'USD', amount: account === 'alice' ? '12100' : '1000' }] as const,
        ]),
        ['SetPoolParameters', { priceTolerance_s: 1000, wear_s: 1000, size: { floor: '100000' } }],
        tick('1000'),
        ...crowd.map(
          (seller) =>
            [
              'ClearTrade',
              { trade: seller, instrument: 'BTC-PERP', buyer: 'alice', seller, quantity: '1', price: '1000' },
            ] as const,
        ),
        settledAt('890'),
      ),
    )
    expect(types.slice(types.lastIndexOf('BulkStarted'))).toEqual([
      'BulkStarted',
      'LossSocialized',
      'LossSocialized',
      'BulkEnded',
      'PoolThawed',
    ])
  })
})
