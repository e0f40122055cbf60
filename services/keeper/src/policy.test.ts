import { type Command, decodeCommand, type LedgerEvent, parseTime } from '@novation/events'
import { advance, hostReactor, startMesh } from '@novation/platform'
import { backstopKeeper } from './policy'

const begins = parseTime('2020-03-12T10:00:00Z')

/** What happens when these are sent, a second apart, and the backstop keeper is the only service there is. */
const after = (...wishes: readonly (readonly [Command['type'], unknown, string?])[]): readonly LedgerEvent[] => {
  let mesh = startMesh('main', [hostReactor(backstopKeeper, 'main')])
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
  ...['alice', 'bob', 'backstop'].flatMap((account) => [
    ['OpenAccount', { account }] as const,
    ['Deposit', { account, asset: 'USD', amount: '1000' }] as const,
  ]),
  tick('5000'),
  ['ClearTrade', { trade: 't1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '5000' }],
] as const

const said = (events: readonly LedgerEvent[]): readonly string[] => events.map(({ type }) => type)

const start = ['StartLiquidation', { account: 'alice' }, 'liquidator'] as const

/** The auction of two seconds goes by, on fresh prices. */
const wait = [tick('4200'), tick('4200'), tick('4200')] as const

const taken = (events: readonly LedgerEvent[]) =>
  events.flatMap((event) => (event.type === 'Liquidated' ? event.data.closed.map(({ quantity }) => quantity) : []))

describe('the backstop keeper', () => {
  it('does not bid while the auction is open to others', () =>
    expect(said(after(...market, tick('4200'), start))).not.toContain('Liquidated'))

  it('takes the whole account at the end of the auction where its margin bears it', () => {
    const events = after(...market, tick('4200'), start, ...wait)
    expect(taken(events)).toEqual(['-1'])
    expect(events.at(-1)).toMatchObject({ type: 'PriceTick' })
    expect(said(events)).toContain('LiquidationEnded')
  })

  it('takes the largest part its margin bears, and leaves the rest to deleveraging', () => {
    const poor = ['Withdraw', { account: 'backstop', asset: 'USD', amount: '900' }] as const
    const [quantity = '0'] = taken(after(...market, poor, tick('4200'), start, ...wait))
    const part = -Number(quantity)
    expect(part).toBeGreaterThan(0.3)
    expect(part).toBeLessThan(1)
    // 100 of its own and 200 a contract from the account, against 420 a contract of initial margin.
    expect(part).toBeCloseTo(100 / 220, 2)
  })

  it('bids for nothing where it has no capital', () => {
    const gone = ['Withdraw', { account: 'backstop', asset: 'USD', amount: '1000' }] as const
    expect(said(after(...market, gone, tick('4200'), start, ...wait))).not.toContain('Liquidated')
  })
})
