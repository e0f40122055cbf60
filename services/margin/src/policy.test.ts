import { type Command, decodeCommand, formatTime, type LedgerEvent, parseTime } from '@novation/events'
import { advance, hostReactor, startMesh } from '@novation/platform'
import { margin } from './policy'

const begins = parseTime('2020-03-12T10:00:00Z')

/** What happens when these are sent, a second apart, and margin is the only service there is. */
const after = (...wishes: readonly (readonly [Command['type'], unknown, string?])[]): readonly LedgerEvent[] => {
  let mesh = startMesh('main', [hostReactor(margin, 'main')])
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

describe('the margin service', () => {
  it('calls an account that falls below its initial margin, once, with the amount that brings it back', () => {
    const events = after(...market, tick('4300'), tick('4290'))
    expect(events.filter(({ type }) => type === 'MarginCall').map(({ data }) => data)).toEqual([
      expect.objectContaining({ account: 'alice', equity: '300', initialMargin: '430', amount: '130' }),
    ])
  })

  it('closes the call when the account is back', () => {
    const events = after(...market, tick('4300'), ['Deposit', { account: 'alice', asset: 'USD', amount: '130' }])
    expect(said(events).at(-1)).toBe('MarginCallMet')
  })

  it('leaves an account that stands exactly at its initial margin alone', () => {
    const events = after(...market, ['Withdraw', { account: 'alice', asset: 'USD', amount: '500' }])
    expect(said(events)).not.toContain('MarginCall')
  })

  it('cannot liquidate', () => expect(said(after(...market, tick('4100')))).not.toContain('LiquidationStarted'))

  it('asks for nothing while the price is stale, and at the next tick for what is due', () => {
    // A price counts in the very moment it was observed and no longer, and this one comes half a second late.
    const strict = ['SetPoolParameters', { priceTolerance_s: 0 }] as const
    const observedAt = formatTime(begins + (market.length + 1) * 1000 - 500)
    const late = ['PublishPrice', { instrument: 'BTC-PERP', price: '4400', observedAt }] as const
    expect(said(after(...market, strict, late)).slice(-1)).toEqual(['PriceTick'])
    expect(said(after(...market, strict, late, tick('4400'))).slice(-2)).toEqual(['PriceTick', 'MarginCall'])
  })
})
