import type { LedgerEvent } from '@novation/events'
import { alone, marketOf, said, tick } from '@novation/platform/kit'
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
})
