import { accepted, alice, bob, fund, given, list, parameters, price, rejected } from '../kit'

describe('who holds against each other what follows one price', () => {
  /** A jump of 30 % may cost others 100. Alice has 500, is long 25 and short 25 of what follows it, so that a jump costs nothing. */
  const hedged = [
    fund('1000 USD'),
    parameters({ size: { share: '0.1', floor: '0' } }),
    list('BTC-DEC', { underlying: 'BTC-PERP' }),
    price('BTC-PERP', '100'),
    price('BTC-DEC', '100'),
    alice.holds('500 USD'),
    bob.holds('100000 USD'),
    ...Array.from({ length: 5 }, () => [
      alice.buys('5 BTC-PERP at 100 from bob'),
      alice.sells('5 BTC-DEC at 100 to bob'),
    ]).flat(),
  ]

  it('cannot give up the hedge as if that were a reduction, and be larger than others bear', () => {
    // 20 long without a hedge cost 600, of which 500 are there.
    given(...hedged)
      .when(alice.buys('20 BTC-DEC at 100 from bob'))
      .then(accepted)
    given(...hedged)
      .when(alice.buys('20.001 BTC-DEC at 100 from bob'))
      .then(rejected('too-large', 'a jump would cost'))
  })

  it('may be as large as that, and larger, by reducing what is no hedge', () =>
    given(...hedged, alice.buys('20 BTC-DEC at 100 from bob'), price('BTC-PERP', '95'), price('BTC-DEC', '95'))
      .when(alice.sells('1 BTC-PERP at 95 to bob'))
      .then(accepted))
})
