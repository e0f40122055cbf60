import { decodeCommand } from './decode'
import { orderText, signOrder } from './order'
import { openVerifier } from './signature'
import { developmentKey } from './signing'

const domain = '7f0c6f1a2b3c4d5e'

const order = {
  order: 'o-77',
  account: 'alice',
  instrument: 'BTC-PERP',
  side: 'buy',
  quantity: '2',
  limit: '50100',
  until: '2026-01-02T04:00:00Z',
} as const

const signed = signOrder(order, domain, developmentKey('7', 'trader:alice'))

const trade = { trade: 't-1', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '50000' }
const told = (orders: readonly object[]): unknown => {
  const command = { id: 'c-1', type: 'ClearTrade', pool: 'main', data: { ...trade, orders } }
  const decoded = decodeCommand(command, 'venue')
  return decoded._tag === 'Left' ? decoded.left.reason : decoded.right.data
}

describe('an order', () => {
  it('is signed over its purpose, the domain and all it says, in one spelling', () =>
    expect(orderText(order, domain)).toBe(
      'novation/order/1\n7f0c6f1a2b3c4d5e\n{"account":"alice","instrument":"BTC-PERP","limit":"50100","order":"o-77","quantity":"2","side":"buy","until":"2026-01-02T04:00:00Z"}',
    ))

  it('is signed the same by everybody who has the key (RFC 8032)', () =>
    expect(signed).toEqual({
      ...order,
      key: 'ed25519:wkKqmMYOffqzQQid9fFBWe1ICSUFtup__WMHyt3nmxM',
      signature: 'VXHFyvlHaUnCghDvt8q8FbFXIfKCFj9v9qXrsU9BCjeIVGd31Hb_TWksdm98KA4v44ERHKv7Di3Jd_HT3FjKBA',
    }))

  it.each([
    { order: 'o-78' },
    { account: 'bob' },
    { instrument: 'ETH-PERP' },
    { side: 'sell' },
    { quantity: '2.0' },
    { limit: '50101' },
    { until: '2026-01-02T04:00:01Z' },
  ] as const)('is not signed over %j, nor for another pool', (change) => {
    const verify = openVerifier()
    const { key, signature } = signed
    expect(verify(key, orderText(signed, domain), signature)).toBe(true)
    expect(verify(key, orderText({ ...signed, ...change }, domain), signature)).toBe(false)
    expect(verify(key, orderText(signed, 'another'), signature)).toBe(false)
  })

  it('stands beside a trade as it is, and says nothing else', () => {
    expect(told([signed])).toEqual({ ...trade, orders: [signed] })
    expect(told([{ ...signed, note: 'x' }])).toContain('data.orders.0.note: unknown field')
    expect(told([{ ...signed, side: 'long' }])).toContain('data.orders.0.side')
    expect(told([order])).toContain('data.orders.0.key')
  })
})
