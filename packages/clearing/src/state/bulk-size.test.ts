import { alice, bob, carol, fixed, given, goesOnFromAnywhere, happenedExactly, partsOf, settle } from '../kit'
import { partSize, partSizes } from './bulk-size'

const holders = [
  alice.holds('100 USD'),
  bob.holds('100 USD'),
  carol.holds('100 USD'),
  alice.bought('1 BTC-PERP at 100 from carol'),
  bob.buys('1 BTC-PERP at 100 from carol'),
]

describe('how a ledger cuts its bulk work', () => {
  it('is 120 accounts, and 45 closes, an append', () => {
    expect([partSize(partSizes, 'settlement'), partSize(partSizes, 'loss')]).toEqual([120, 120])
    expect(partSize(partSizes, 'deleveraging')).toBe(45)
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
