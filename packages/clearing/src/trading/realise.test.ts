import {
  accepted,
  alice,
  bob,
  carol,
  funding,
  given,
  happened,
  happenedExactly,
  list,
  movedAmongOthers,
  price,
  stated,
} from '../kit'

const thirds = [alice.holds('1000 USD'), bob.holds('1000 USD'), alice.bought('3 BTC-PERP at 33.335 from bob')]

describe('a reduction', () => {
  it('realises its part of the cost into cash, rounded down, and leaves the remainder in the position', () =>
    // a third of 100.005 is 33.335: alice gets floor(40 - 33.335), bob floor(33.335 - 40)
    given(...thirds)
      .when(alice.sells('1 BTC-PERP at 40 to bob'))
      .then(
        happenedExactly('TradeCleared', 'PositionReduced', 'PositionReduced'),
        happened('PositionReduced', { account: 'alice', quantity: '-1', held: '2', realised: '6.66' }),
        happened('PositionReduced', { account: 'bob', quantity: '1', held: '-2', realised: '-6.67' }),
        movedAmongOthers({ 'trader/alice USD': '6.66', 'trader/bob USD': '-6.67' }),
        alice.stands({
          collateral: { USD: '1006.66' },
          positions: [expect.objectContaining({ quantity: '2', cost: '66.665' })],
        }),
        bob.stands({
          collateral: { USD: '993.33' },
          positions: [expect.objectContaining({ quantity: '-2', cost: '-66.675' })],
        }),
      ))

  it('changes nobody’s equity but by the price it is at', () =>
    given(...thirds)
      .when(price('BTC-PERP', '40'), alice.sells('1 BTC-PERP at 40 to bob'))
      .then(alice.stands({ equity: '1019.995' }), bob.stands({ equity: '980.005' })))

  it('realises no more than a division that does not come out allows', () =>
    given(alice.holds('1000 USD'), alice.bought('7 BTC-PERP at 10 from bob'))
      .when(alice.sells('3 BTC-PERP at 11.111 to bob'))
      .then(happened('PositionReduced', { account: 'alice', realised: '3.33' }), alice.stands({ equity: '1003.333' })))

  it('of a long by a sale to a third, who takes the position on', () =>
    given(...thirds, carol.holds('100 USD'))
      .when(alice.sells('1 BTC-PERP at 40 to carol'))
      .then(
        happenedExactly('TradeCleared', 'PositionOpened', 'PositionReduced'),
        stated({ instruments: [expect.objectContaining({ openInterest: '3' })] }),
      ))
})

describe('a close', () => {
  it('pays the floor of all that is left, and the rest goes to dust', () =>
    given(...thirds)
      .when(alice.sells('3 BTC-PERP at 40 to bob'))
      .then(
        happenedExactly('TradeCleared', 'PositionClosed', 'PositionClosed'),
        happened('PositionClosed', { account: 'alice', quantity: '-3', held: '0', realised: '19.99' }),
        happened('PositionClosed', { account: 'bob', realised: '-20' }),
        movedAmongOthers({ 'trader/alice USD': '19.99', 'trader/bob USD': '-20', 'dust USD': '0.01' }),
        alice.stands({ positions: [], equity: '1019.99' }),
        stated({ assets: [expect.objectContaining({ dust: '0.01', imbalance: '0' })] }),
      ))

  it('brings back what earlier reductions left', () =>
    given(...thirds, alice.sold('1 BTC-PERP at 40 to bob'))
      .when(alice.sells('2 BTC-PERP at 40 to bob'))
      .then(
        happened('PositionClosed', { account: 'alice', realised: '13.33' }),
        alice.stands({ equity: '1019.99' }),
        stated({ assets: [expect.objectContaining({ dust: '0.01' })] }),
      ))

  it('of the finest position at the finest price leaves nothing behind', () =>
    given(
      list('M', { multiplier: '0.000000000000000001' }),
      alice.holds('1 USD'),
      alice.bought('0.000000000000000001 M at 0.000000000000000001 from bob'),
    )
      .when(alice.sells('0.000000000000000001 M at 0.000000000000000002 to bob'))
      .then(
        happened('PositionClosed', { account: 'alice', realised: '0' }),
        happened('PositionClosed', { account: 'bob', realised: '-0.01' }),
        stated({ assets: [expect.objectContaining({ dust: '0.01', imbalance: '0' })] }),
      ))
})

describe('a trade through zero', () => {
  it('is a close and an open', () =>
    given(...thirds, price('BTC-PERP', '40'))
      .when(alice.sells('5 BTC-PERP at 40 to bob'))
      .then(
        happenedExactly('TradeCleared', 'PositionClosed', 'PositionOpened', 'PositionClosed', 'PositionOpened'),
        happened('PositionClosed', { account: 'alice', quantity: '-3', held: '0', realised: '19.99' }),
        happened('PositionOpened', { account: 'alice', quantity: '-2', held: '-2', price: '40' }),
        happened('PositionOpened', { account: 'bob', quantity: '2', held: '2' }),
        alice.stands({ positions: [expect.objectContaining({ quantity: '-2', cost: '-80' })], equity: '1019.99' }),
        stated({ instruments: [expect.objectContaining({ openInterest: '2' })] }),
      ))

  it('owes nothing for funding that fell due before it opened', () =>
    given(...thirds, carol.holds('1000 USD'), price('BTC-PERP', '40'), funding('BTC-PERP', '0.01'))
      .when(alice.sells('5 BTC-PERP at 40 to carol'))
      .then(
        accepted,
        happenedExactly('TradeCleared', 'PositionOpened', 'FundingSettled', 'PositionClosed', 'PositionOpened'),
        happened('FundingSettled', { account: 'alice', amount: '-1.2', index: '0.4' }),
        alice.stands({ positions: [expect.objectContaining({ quantity: '-2', accruedFunding: '0' })] }),
        carol.stands({ positions: [expect.objectContaining({ quantity: '5', accruedFunding: '0' })] }),
      ))
})
