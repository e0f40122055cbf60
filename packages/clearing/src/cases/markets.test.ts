import {
  after,
  alice,
  bob,
  carol,
  everybodyActs,
  given,
  list,
  minutes,
  parameters,
  passed,
  price,
  rejected,
  setState,
  settle,
  stated,
  tried,
} from '../kit'

describe('a market that ends', () => {
  it('ends at the last price before its day: later ones are refused, and the clock settles', () =>
    given(
      list('F', { kind: 'future', lot: '0.001', expiry: '2020-03-12T10:10:00Z' }),
      alice.holds('1000 USD'),
      bob.holds('1000 USD'),
      carol.holds('100000 USD'),
      alice.bought('1 F at 5000 from bob'),
      ...minutes(9, price('F', '5000')),
      after('50 s'),
      price('F', '5000'),
      passed('110 s'),
      tried(price('F', '4200'), everybodyActs, passed('1 min'), price('F', '4200'), everybodyActs),
      tried(carol.bids('1', 'alice:1')),
    )
      .when(settle('F', '5000'))
      .then(
        rejected('already-settled'),
        alice.stands({ equity: '1000', positions: [] }),
        bob.stands({ equity: '1000', positions: [] }),
        stated({ open: [] }),
      ))
})

describe('one tick that is far from the market', () => {
  it('and a quick bidder, then the old price: nothing happens', () =>
    given(
      parameters({ deviation: '0.05', confirm_ms: 3000 }),
      alice.holds('1000 USD'),
      bob.holds('1000 USD'),
      carol.holds('600000 USD'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      passed('1 min'),
      price('BTC-PERP', '4100'),
      everybodyActs,
      after('1 s'),
      tried(carol.bids('1', 'alice:1')),
      after('1 s'),
      price('BTC-PERP', '5000'),
      ...minutes(3, price('BTC-PERP', '5000')),
    ).then(
      alice.stands({ equity: '1000', positions: [expect.objectContaining({ quantity: '1' })] }),
      bob.stands({ equity: '1000' }),
      carol.stands({ equity: '600000', positions: [] }),
      stated({ open: [] }),
    ))
})

describe('a halt', () => {
  it('costs a step of wear and the gap at once: nobody takes money out on the last price, nobody is liquidated on it', () =>
    given(
      alice.holds('1000 USD'),
      bob.holds('2500 USD'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      alice.withdraws('100 USD'),
      after('10 s'),
      setState('BTC-PERP', 'halted'),
      tried(alice.withdraws('100 USD')),
      bob.withdraws('100 USD'),
      passed('8 min'),
      after('20 s'),
      bob.withdraws('100 USD'),
    ).then(
      alice.stands({ equity: '900', worst: '-600', best: '1650' }),
      bob.stands({ equity: '2300', worst: '800', best: '3050' }),
      stated({ open: [] }),
    ))
})
