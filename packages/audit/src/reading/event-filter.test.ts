import type { LedgerEvent } from '@novation/events'
import { fits } from './event-filter'

const deposit = (account: string): LedgerEvent =>
  ({
    type: 'CollateralDeposited',
    data: { account, asset: 'USD', amount: '1' },
    postings: [
      { account: `trader/${account}`, asset: 'USD', amount: '1' },
      { account: 'custody', asset: 'USD', amount: '-1' },
    ],
    metadata: {},
  }) as unknown as LedgerEvent

describe('a filter of events', () => {
  it('leaves none out that is not asked about', () =>
    expect(fits({ types: [], accounts: [] })(deposit('alice'))).toBe(true))

  it('wants one of the types, and one of the accounts, where both are named', () => {
    const asked = fits({ types: ['CollateralDeposited'], accounts: ['alice'] })
    expect([asked(deposit('alice')), asked(deposit('bob'))]).toEqual([true, false])
    expect(fits({ types: ['PriceTick'], accounts: ['alice'] })(deposit('alice'))).toBe(false)
    expect(fits({ types: ['PriceTick'], accounts: [] })(deposit('alice'))).toBe(false)
  })

  it('knows the books of the house by the name they are posted to', () => {
    expect(fits({ types: [], accounts: ['custody'] })(deposit('alice'))).toBe(true)
    expect(fits({ types: [], accounts: ['insurance'] })(deposit('alice'))).toBe(false)
  })

  it('finds of what falls due the calls and auctions of an account, and not those of one that is called like them', () => {
    const passed = (what: string, id: string) =>
      ({ type: 'TimePassed', data: { due: [{ what, id }] }, postings: [], metadata: {} }) as unknown as LedgerEvent
    const ofAlice = fits({ types: [], accounts: ['alice'] })
    expect([passed('margin-call', 'alice'), passed('auction', 'alice:1')].map(ofAlice)).toEqual([true, true])
    const others = [passed('margin-call', 'alice:1'), passed('auction', 'alice:1:1'), passed('expiry', 'alice')]
    expect(others.map(ofAlice)).toEqual([false, false, false])
  })
})
