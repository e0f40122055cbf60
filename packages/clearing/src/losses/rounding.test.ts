import { alice, bob, deleverage, given, happened, list, price, startLiquidation, ticking } from '../kit'

describe('an account that is closed out in several legs', () => {
  it('owes nothing afterwards where it was worth something: what each leg rounds to dust is not given away', () =>
    given(
      list('ETH-PERP'),
      alice.holds('101 USD'),
      alice.bought('0.5 BTC-PERP at 1000.01 from bob'),
      alice.bought('0.5 ETH-PERP at 1000.01 from bob'),
      price('BTC-PERP', '940'),
      price('ETH-PERP', '940'),
      startLiquidation('alice'),
      ticking('36 min'),
    )
      // Both legs, of -30.005, take 60.02 of 101; the other 40.98 goes to bob, who closes them.
      .when(deleverage('alice:1'))
      .then(
        happened('LiquidationEnded', { reason: 'deleveraged', equity: '0' }),
        alice.stands({ positions: [], equity: '0', status: 'healthy' }),
        bob.stands({ equity: '1000100.98' }),
      ))
})
