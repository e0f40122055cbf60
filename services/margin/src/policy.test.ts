import { formatTime } from '@novation/events'
import { alone, begins, marketOf, said, tick } from '@novation/platform/kit'
import { margin } from './policy'

/** What happens where nobody else is at work. */
const after = alone(margin)
const market = marketOf('alice', 'bob')

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

  it('asks for nothing on a price that is worn out, and at the next tick for what is due', () => {
    // A price counts for a second and is worn out then, and this one comes half a second after that.
    const strict = ['SetPoolParameters', { priceTolerance_s: 1, wear_s: 1 }] as const
    const observedAt = formatTime(begins + (market.length + 1) * 1000 - 1500)
    const late = ['PublishPrice', { instrument: 'BTC-PERP', price: '4400', observedAt }] as const
    expect(said(after(...market, strict, late)).slice(-1)).toEqual(['PriceTick'])
    expect(said(after(...market, strict, late, tick('4400'))).slice(-2)).toEqual(['PriceTick', 'MarginCall'])
  })
})
