import { formatTime } from '@novation/events'
import { alone, begins, marketOf, type Sent, said, tick } from '@novation/platform/kit'
import { liquidator } from './policy'

/** What happens where nobody else is at work. */
const after = alone(liquidator)
const market = marketOf('alice', 'bob')

describe('the liquidator', () => {
  it('puts an account below its maintenance margin up for auction, and not one that stands at it', () => {
    expect(said(after(...market, tick('4210.53')))).not.toContain('LiquidationStarted')
    expect(said(after(...market, tick('4210.52')))).toContain('LiquidationStarted')
  })

  it('lets the account go when the price brings it back to the buffer', () => {
    const events = after(...market, tick('4200'), tick('4800'))
    expect(events.at(-1)).toMatchObject({ type: 'LiquidationEnded', data: { account: 'alice', reason: 'restored' } })
  })

  it('has the auction begun anew when the account turns insolvent', () =>
    expect(said(after(...market, tick('4200'), tick('3900')))).toContain('AuctionTurned'))

  it('asks for deleveraging once the auction is over and nobody took the account', () => {
    const types = said(after(...market, tick('4200'), tick('4200'), tick('4200'), tick('4200')))
    const end = types.indexOf('TimePassed')
    expect(types.slice(end, end + 3)).toEqual(['TimePassed', 'Deleveraged', 'LiquidationEnded'])
  })

  it('asks once for a deleveraging that is booked in parts', () => {
    const crowd = Array.from({ length: 60 }, (_, i) => `w${i}`)
    const bought = crowd.map(
      (seller): Sent => [
        'ClearTrade',
        { trade: seller, instrument: 'BTC-PERP', buyer: 'carol', seller, quantity: '0.1', price: '5000' },
      ],
    )
    const events = after(
      ...marketOf('alice', 'bob', 'carol', ...crowd),
      ['SetPoolParameters', { priceTolerance_s: 1000, size: { floor: '100000' } }],
      ['Deposit', { account: 'carol', asset: 'USD', amount: '2600' }],
      ...bought,
      tick('4600'),
      tick('4600'),
      tick('4600'),
      tick('4600'),
    )
    const types = said(events).filter((type) => type !== 'Deleveraged')
    expect(types.slice(types.indexOf('BulkStarted'))).toEqual([
      'BulkStarted',
      'LiquidationEnded',
      'BulkEnded',
      'PriceTick',
      'PriceTick',
    ])
  })

  it('asks for nothing while nothing can be dealt in, and at the next tick for what is due', () => {
    // A price counts for a second, and this one comes half a second after that.
    const strict = ['SetPoolParameters', { priceTolerance_s: 1 }] as const
    const observedAt = formatTime(begins + (market.length + 1) * 1000 - 1500)
    const late = ['PublishPrice', { instrument: 'BTC-PERP', price: '4200', observedAt }] as const
    expect(said(after(...market, strict, late)).slice(-1)).toEqual(['PriceTick'])
    expect(said(after(...market, strict, late, tick('4200'))).slice(-2)).toEqual(['PriceTick', 'LiquidationStarted'])
  })
})
