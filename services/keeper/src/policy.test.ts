import type { LedgerEvent } from '@novation/events'
import { alone, btcPerp, marketOf, type Sent, said, tick } from '@novation/platform/kit'
import { backstopKeeper } from './policy'

/** What happens where nobody else is at work. */
const after = alone(backstopKeeper)
const market = marketOf('alice', 'bob', 'backstop')

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

  it('bids for the whole where it cannot bear the least part, so that the ledger hears that its turn is over', () => {
    const poor = ['Withdraw', { account: 'backstop', asset: 'USD', amount: '999.99' }] as const
    const events = after(...market, poor, tick('4200'), start, ...wait)
    const turnedDown = events.find(
      ({ type, metadata }) => type === 'CommandRejected' && metadata.actor === 'keeper:backstop',
    )
    expect(turnedDown).toMatchObject({
      data: { code: 'insufficient-margin' },
      metadata: { command: { type: 'BidLiquidation', data: { fraction: '1' } } },
    })
  })

  describe('where it is its turn for several', () => {
    const at = (second: number, type: Sent[0], data: object, actor = 'operator'): Sent => [type, data, actor, second]
    const priced = (second: number, instrument: string) => at(second, 'PublishPrice', { instrument, price: '4200' })
    const buys = (buyer: string, instrument: string) =>
      at(90, 'ClearTrade', { trade: buyer, instrument, buyer, seller: 'bob', quantity: '1', price: '5000' })
    const begin = (account: string) => at(100, 'StartLiquidation', { account }, 'liquidator')
    /** At second 102 it is its turn for alice and zed, who hold BTC; for amy not, whose ETH has had a fresh price for one second. */
    const three: readonly Sent[] = [
      ...marketOf('alice', 'bob', 'zed', 'amy', 'backstop'),
      at(90, 'ListInstrument', { ...btcPerp, instrument: 'ETH-PERP' }),
      at(90, 'PublishPrice', { instrument: 'ETH-PERP', price: '5000' }),
      ...['bob', 'backstop'].map((account) => at(90, 'Deposit', { account, asset: 'USD', amount: '20000' })),
      at(90, 'SetPoolParameters', { priceTolerance_s: 5 }),
      at(90, 'PublishPrice', { instrument: 'BTC-PERP', price: '5000' }),
      buys('zed', 'BTC-PERP'),
      buys('amy', 'ETH-PERP'),
      priced(96, 'ETH-PERP'),
      priced(100, 'BTC-PERP'),
      ...['zed', 'alice', 'amy'].map(begin),
    ]
    const helped = (...more: readonly Sent[]) =>
      after(...three, ...more).flatMap((event) => (event.type === 'Liquidated' ? [event.data.account] : []))

    it('takes one after the other, by id, and nobody whose price is stale', () =>
      expect(helped(priced(103, 'BTC-PERP'))).toEqual(['alice', 'zed']))

    it('takes that one too once there is a price', () =>
      expect(helped(priced(104, 'ETH-PERP'), priced(106, 'ETH-PERP'))).toEqual(['alice', 'zed', 'amy']))

    it('takes on what its margin bears at the worst, while the price of something else that it holds is stale', () =>
      expect(helped(priced(107, 'ETH-PERP'), priced(109, 'ETH-PERP'))).toEqual(['alice', 'zed', 'amy']))
  })
})
