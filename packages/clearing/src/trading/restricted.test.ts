import { accepted, alice, bob, given, moved, parameters, price, rejected, startLiquidation } from '../kit'

describe('a restricted account', () => {
  // 100 on 10 BTC-PERP at 100: restricted from 100 down to 5 % of the notional
  const restricted = [
    alice.holds('100 USD'),
    bob.holds('10000 USD'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    price('BTC-PERP', '97'),
  ]
  /** Whatever is given up by a trade, the band does not mind. */
  const unbound = [parameters({ reduceBand: '1' }), ...restricted]

  it('is told from a healthy one by initial margin, strictly', () => {
    given(alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob')).then(
      alice.stands({ status: 'healthy', equity: '100' }),
    )
    given(...restricted).then(
      alice.stands({ status: 'restricted', equity: '70', maintenanceMargin: '48.5', initialMargin: '97' }),
    )
  })

  it('may reduce its risk', () =>
    given(...restricted)
      .when(alice.sells('1 BTC-PERP at 97 to bob'))
      .then(accepted, alice.stands({ status: 'restricted' })))

  it('may not add to it', () =>
    given(...restricted)
      .when(alice.buys('0.01 BTC-PERP at 97 from bob'))
      .then(rejected('insufficient-margin')))

  it('may not add to it at any price that leaves it restricted, though equity / MM stays where it was', () => {
    given(...restricted)
      .when(alice.buys('10 BTC-PERP at 90 from bob'))
      .then(rejected('insufficient-margin'))
    given(...restricted)
      .when(alice.sells('10 BTC-PERP at 104 to bob'))
      .then(accepted, alice.stands({ equity: '140', status: 'healthy' }))
  })

  it('may pass through zero only to what its initial margin bears: that is new risk', () => {
    given(...restricted)
      .when(alice.sells('17.2 BTC-PERP at 97 to bob'))
      .then(accepted, alice.stands({ equity: '70', initialMargin: '69.84', status: 'healthy' }))
    given(...restricted)
      .when(alice.sells('17.3 BTC-PERP at 97 to bob'))
      .then(rejected('insufficient-margin'))
  })

  it('may sell as cheaply as leaves equity / MM where it was, and no cheaper', () => {
    // half of the MM may go for half of the equity, 35: 5 BTC-PERP at 7 below the mark
    given(...unbound)
      .when(alice.sells('5 BTC-PERP at 90 to bob'))
      .then(accepted, alice.stands({ equity: '35', maintenanceMargin: '24.25' }))
    given(...unbound)
      .when(alice.sells('5 BTC-PERP at 89.99 to bob'))
      .then(rejected('insufficient-margin'))
  })

  it('may become healthy again at any price that leaves it healthy', () =>
    given(...unbound)
      .when(alice.sells('10 BTC-PERP at 90 to bob'))
      .then(accepted, alice.stands({ equity: '0', status: 'healthy' })))

  it('may not go below zero by closing', () =>
    given(...unbound)
      .when(alice.sells('10 BTC-PERP at 89.99 to bob'))
      .then(rejected('insufficient-margin')))

  it('may give up a hundredth of what is traded, and no more, though it would be at less risk or be healthy again', () => {
    // 10 BTC-PERP at 97 are 970: 9.70 may go
    given(...restricted)
      .when(alice.sells('10 BTC-PERP at 96.03 to bob'))
      .then(accepted)
    given(...restricted)
      .when(alice.sells('10 BTC-PERP at 96.029 to bob'))
      .then(rejected('beyond-band'))
  })

  it('may still reduce below maintenance margin, until it is put up for auction', () =>
    given(...restricted, price('BTC-PERP', '94'))
      .when(alice.sells('1 BTC-PERP at 94 to bob'))
      .then(accepted, alice.stands({ status: 'liquidatable' })))

  it('stays open at exactly its maintenance margin, and not a hair below', () => {
    const edge = [alice.holds('107 USD'), bob.holds('1000 USD'), alice.bought('10 BTC-PERP at 100 from bob')]
    given(...edge, price('BTC-PERP', '94'))
      .when(startLiquidation('alice'))
      .then(rejected('not-breached'), alice.stands({ equity: '47', maintenanceMargin: '47', status: 'restricted' }))
    given(...edge, price('BTC-PERP', '93.999'))
      .when(startLiquidation('alice'))
      .then(accepted, alice.stands({ equity: '46.99', maintenanceMargin: '47', status: 'liquidatable' }))
  })

  it('is bankrupt below zero, where it may not trade at all', () =>
    given(...restricted, price('BTC-PERP', '89.99'))
      .when(alice.sells('1 BTC-PERP at 89.99 to bob'))
      .then(rejected('insufficient-margin'), moved({}), alice.stands({ status: 'bankrupt' })))

  it('is bankrupt below zero, where it may not trade even to be better off', () =>
    given(...restricted, price('BTC-PERP', '89.99'))
      .when(alice.sells('5 BTC-PERP at 90 to bob'))
      .then(rejected('insufficient-margin')))

  it('is not bankrupt at exactly zero', () =>
    given(...restricted, price('BTC-PERP', '90')).then(alice.stands({ equity: '0', status: 'liquidatable' })))
})
