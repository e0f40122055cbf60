import { alice, bob, bust, carol, everybodyActs, given, parameters, price, ticking, trade } from '../kit'
import { asItIs, told } from './altered'
import { noBreachLasts } from './in-time'

/** Alice owes, and holds nothing any more, when the sale by which she lost is busted: she is long then, in breach, and nobody wants it. */
const { world } = given(
  parameters({ wear_s: 1_000_000 }),
  alice.holds('100 USD'),
  bob.holds('5000 USD'),
  carol.holds('5000 USD'),
  price('BTC-PERP', '100'),
  trade({ trade: 'wrong', instrument: 'BTC-PERP', buyer: 'bob', seller: 'alice', quantity: '10', price: '100' }),
  price('BTC-PERP', '112'),
  everybodyActs,
  carol.bids('1', 'alice:1'),
  price('BTC-PERP', '104'),
  bust('wrong'),
  everybodyActs,
  ticking('35 min'),
  everybodyActs,
)

describe('the law of how long an auction lasts', () => {
  it('counts what a bust gives back to who owes from then on', () => {
    expect(world.events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['Liquidated', 'TradeBusted', 'TimePassed']),
    )
    expect(world.events.filter(({ type }) => type === 'LiquidationStarted')).toHaveLength(2)
    expect(told(noBreachLasts(), world, asItIs)).toBeUndefined()
  })
})
