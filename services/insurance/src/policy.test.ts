import { type Command, decodeCommand, type LedgerEvent, parseTime } from '@novation/events'
import { advance, hostReactor, startMesh } from '@novation/platform'
import { insurance } from './policy'

const begins = parseTime('2020-03-12T10:00:00Z')

/** What happens when these are sent, a second apart, and insurance is the only service there is. */
const after = (...wishes: readonly (readonly [Command['type'], unknown, string?])[]): readonly LedgerEvent[] => {
  let mesh = startMesh('main', [hostReactor(insurance, 'main')])
  return wishes.flatMap(([type, data, actor = 'operator'], i) => {
    const command = decodeCommand({ id: `c-${i}`, type, pool: 'main', data }, actor)
    if (command._tag === 'Left') throw new Error(command.left.reason)
    const step = advance(mesh, command.right, begins + i * 1000, 100)
    mesh = step.mesh
    return step.events
  })
}

const tick = (price: string) => ['PublishPrice', { instrument: 'BTC-PERP', price }] as const

const market = [
  ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
  [
    'ListInstrument',
    {
      instrument: 'BTC-PERP',
      kind: 'perpetual',
      settlementAsset: 'USD',
      lot: '0.001',
      margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
    },
  ],
  [
    'SetPoolParameters',
    {
      liquidation: { auction: { fastSeconds: 1, slowSeconds: 1, insolventSeconds: 1, backstopSeconds: 1 } },
      lossWindow_s: 5,
    },
  ],
  ...['alice', 'bob'].flatMap((account) => [
    ['OpenAccount', { account }] as const,
    ['Deposit', { account, asset: 'USD', amount: '1000' }] as const,
  ]),
  tick('5000'),
  ['ClearTrade', { trade: 't1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '5000' }],
] as const

const said = (events: readonly LedgerEvent[]): readonly string[] => events.map(({ type }) => type)

/** Nobody liquidates here, so the test lets the position be settled: that leaves alice with a debt. */
const settled = ['SettleInstrument', { instrument: 'BTC-PERP', price: '3500' }] as const

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
    expect(said(after(...market, ['SettleInstrument', { instrument: 'BTC-PERP', price: '5000' }]))).not.toContain(
      'CommandRejected',
    ))

  it('asks once for a loss that is booked in parts', () => {
    const crowd = Array.from({ length: 121 }, (_, i) => `w${i}`)
    const types = said(
      after(
        ...market.slice(0, 3),
        ...['alice', ...crowd].flatMap((account) => [
          ['OpenAccount', { account }] as const,
          ['Deposit', { account, asset: 'USD', amount: account === 'alice' ? '12100' : '1000' }] as const,
        ]),
        ['SetPoolParameters', { priceTolerance_s: 1000 }],
        tick('1000'),
        ...crowd.map(
          (seller) =>
            [
              'ClearTrade',
              { trade: seller, instrument: 'BTC-PERP', buyer: 'alice', seller, quantity: '1', price: '1000' },
            ] as const,
        ),
        ['SettleInstrument', { instrument: 'BTC-PERP', price: '890' }],
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
