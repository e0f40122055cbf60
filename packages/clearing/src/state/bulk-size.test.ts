import { alice, bob, carol, fixed, given, goesOnFromAnywhere, happenedExactly, partsOf, settle } from '../kit'
import { partOf, partSizes } from './bulk-size'

const holders = [
  alice.holds('100 USD'),
  bob.holds('100 USD'),
  carol.holds('100 USD'),
  alice.bought('1 BTC-PERP at 100 from carol'),
  bob.buys('1 BTC-PERP at 100 from carol'),
]

describe('how a ledger cuts its bulk work', () => {
  it('is 120 accounts, and 45 closes, an append', () => {
    const remaining = Array.from({ length: 200 }, () => ({}))
    expect(partOf(partSizes, { what: 'settlement', remaining })).toBe(120)
    expect(partOf(partSizes, { what: 'loss', remaining })).toBe(120)
    expect(partOf(partSizes, { what: 'deleveraging', remaining })).toBe(45)
  })

  it('counts positions where an account leaves several at once, and is never nothing', () => {
    const remaining = [100, 20, 1, 500, 1].map((positions) => ({ positions }))
    const parts = [0, 2, 3, 4].map((from) => partOf(partSizes, { what: 'expiry', remaining: remaining.slice(from) }))
    expect(parts).toEqual([2, 1, 1, 1])
  })

  it('shows nowhere in a settlement that fits', () =>
    given(partsOf(3, 1), ...holders, fixed('BTC-PERP', '100'))
      .when(settle('BTC-PERP', '100'))
      .then(happenedExactly('InstrumentSettled')))

  it('makes a settlement of one more than fits go on in parts, from wherever it was interrupted', () =>
    given(partsOf(2, 1), ...holders, fixed('BTC-PERP', '100'))
      .when(settle('BTC-PERP', '100'))
      .then(happenedExactly('BulkStarted', 'InstrumentSettled', 'InstrumentSettled', 'BulkEnded'), goesOnFromAnywhere))
})
