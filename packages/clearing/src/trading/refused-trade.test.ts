import {
  accepted,
  after,
  alice,
  bob,
  carol,
  given,
  list,
  open,
  passTime,
  price,
  rejected,
  settled,
  startLiquidation,
} from '../kit'

const funded = [alice.holds('100 USD'), bob.holds('100 USD'), price('BTC-PERP', '100')]

describe('a trade is not taken', () => {
  it('after the expiry, whether or not anybody has said that time has passed', () => {
    const dated = [list('F', { kind: 'future', expiry: '2020-03-12T10:01:00Z' }), ...funded, price('F', '100')]
    given(...dated, after('59999 ms'))
      .when(alice.buys('1 F at 100 from bob'))
      .then(accepted)
    given(...dated, after('60 s'))
      .when(alice.buys('1 F at 100 from bob'))
      .then(rejected('not-trading'))
    given(...dated, after('60 s'), passTime)
      .when(alice.buys('1 F at 100 from bob'))
      .then(rejected('not-trading'))
  })

  it('once the instrument is settled', () =>
    given(...funded, settled('BTC-PERP', '100'))
      .when(alice.buys('1 BTC-PERP at 100 from bob'))
      .then(rejected('not-trading')))

  it('while one side is liquidated, but for what makes its position smaller', () => {
    const liquidated = [
      ...funded,
      carol.holds('10 USD'),
      carol.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      startLiquidation('carol'),
    ]
    given(...liquidated)
      .when(carol.sells('2.01 BTC-PERP at 94 to alice'))
      .then(rejected('under-liquidation'))
    given(...liquidated)
      .when(carol.buys('1 BTC-PERP at 94 from alice'))
      .then(rejected('under-liquidation'))
  })

  it('before there is a price of the instrument, or after it has grown stale', () => {
    given(alice.holds('100 USD'), bob.holds('100 USD'))
      .when(alice.buys('1 BTC-PERP at 100 from bob'))
      .then(rejected('stale-price'))
    given(...funded, price('BTC-PERP', '100'), after('121 s'))
      .when(alice.buys('1 BTC-PERP at 100 from bob'))
      .then(rejected('stale-price'))
  })

  it('from somebody with themselves', () =>
    given(...funded)
      .when(alice.buys('1 BTC-PERP at 100 from alice'))
      .then(rejected('self-trade')))

  it('by parts of a lot', () => {
    const lots = [list('L', { lot: '0.25' }), ...funded, price('L', '100')]
    given(...lots)
      .when(alice.buys('0.75 L at 100 from bob'))
      .then(accepted)
    given(...lots)
      .when(alice.buys('0.3 L at 100 from bob'))
      .then(rejected('not-a-lot'))
    given(...lots)
      .when(alice.buys('0.1 L at 100 from bob'))
      .then(rejected('not-a-lot'))
  })

  it('in something, or with somebody, that is not there', () => {
    given(...funded)
      .when(alice.buys('1 XXX at 100 from bob'))
      .then(rejected('unknown-instrument'))
    given(...funded)
      .when(alice.buys('1 USD at 100 from bob'))
      .then(rejected('unknown-instrument'))
    given(...funded)
      .when(alice.buys('1 BTC-PERP at 100 from carol'))
      .then(rejected('unknown-account'))
    given(open('carol'), ...funded)
      .when(carol.buys('1 BTC-PERP at 100 from dave'))
      .then(rejected('unknown-account'))
  })

  it('for nothing, or at no price', () => {
    given(...funded)
      .when(alice.buys('0 BTC-PERP at 100 from bob'))
      .then(rejected('not-positive'))
    given(...funded)
      .when(alice.buys('-1 BTC-PERP at 100 from bob'))
      .then(rejected('not-positive'))
    given(...funded)
      .when(alice.buys('1 BTC-PERP at 0 from bob'))
      .then(rejected('not-positive'))
    given(...funded)
      .when(alice.buys('1 BTC-PERP at -1 from bob'))
      .then(rejected('not-positive'))
  })
})
