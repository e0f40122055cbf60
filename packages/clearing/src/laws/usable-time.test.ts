import { whoIsCalledHasHisTime } from '../checks/usable-time'
import {
  after,
  alice,
  assetPrice,
  callMargin,
  given,
  lastingPrices,
  minutes,
  parameters,
  passed,
  passTime,
  price,
  registerAsset,
} from '../kit'
import { asItIs, saying, told } from './altered'

/** Alice misses a call. */
const { world: called } = given(
  lastingPrices,
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '98'),
  callMargin('alice'),
  passed('1 h'),
)

/** She misses another, and the coin that required most of her has worn to nothing meanwhile: of which the ledger heard a minute late. */
const { world: worn } = given(
  parameters({ wear_s: 120 }),
  registerAsset('ETH', 4, { haircut: '0.9' }),
  assetPrice('ETH', '10'),
  alice.holds('10 ETH'),
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '98'),
  callMargin('alice'),
  after('90 s'),
  price('BTC-PERP', '98'),
  after('90 s'),
  passTime,
  ...minutes(58, price('BTC-PERP', '98')),
)

describe('the law of usable time', () => {
  it('finds that a call runs out before who was called has had his time', () => {
    const later = saying('MarginCall', { deadline: '2020-03-12T11:00:00.001Z' })
    expect(told(whoIsCalledHasHisTime(), called, asItIs)).toBeUndefined()
    expect(told(whoIsCalledHasHisTime(), called, later)).toBe('the call alice has run out after 3600000 ms, of 3600001')
  })

  it('counts what goes by while a coin wears out of which the ledger hears late, as its step says', () => {
    expect(worn.events.map(({ type }) => type)).toContain('MarginCallMissed')
    expect(told(whoIsCalledHasHisTime(), worn, asItIs)).toBeUndefined()
  })
})
