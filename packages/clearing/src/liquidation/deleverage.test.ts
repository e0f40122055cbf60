import {
  accepted,
  after,
  alice,
  bob,
  carol,
  dave,
  deleverage,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  movedAmongOthers,
  parameters,
  passed,
  pool,
  price,
  rejected,
  type Step,
  startLiquidation,
  stated,
  type Wish,
} from '../kit'

/** Alice has ten at 100 from bob, on a hundred, and nobody has taken them when the auction ends with the mark at `mark`. */
const nobodyBid = (mark: string, ...more: readonly (Step | Wish)[]) => [
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  ...more,
  price('BTC-PERP', mark),
  startLiquidation('alice'),
  passed('36 min'),
  price('BTC-PERP', mark),
]

/** Somebody's profit in BTC-PERP is eaten up by a loss in ETH-PERP, which dave has won. */
const lossElsewhere = (who: typeof bob, loss: string): readonly (Step | Wish)[] => [
  list('ETH-PERP', { lot: '0.001', margin: { model: 'tiered', tiers: [{ initial: '0.01', maintenance: '0.001' }] } }),
  who.bought('1 ETH-PERP at 5000 from dave'),
  price('ETH-PERP', String(5000 - Number(loss))),
]

describe('an account that nobody took is deleveraged', () => {
  it('whole and at once: its counterparties close at the mark and give what is missing out of their profit', () =>
    given(...nobodyBid('84'))
      .when(deleverage('alice:1'))
      .then(
        accepted,
        happenedExactly('Deleveraged', 'LiquidationEnded', 'PoolThawed'),
        happened('Deleveraged', { counterparty: 'bob', quantity: '-10', price: '84', asked: '60', given: '60' }),
        happened('LiquidationEnded', { reason: 'deleveraged', equity: '0' }),
        alice.stands({ positions: [], equity: '0', collateral: {} }),
        bob.stands({ positions: [], equity: '1000100' }),
        stated({ open: [], losses: expect.objectContaining({ deleveraged: '60', socialized: '0' }), frozen: false }),
      ))

  it('and equity that is left goes to them', () =>
    given(...nobodyBid('94'))
      .when(deleverage('alice:1'))
      .then(
        happened('Deleveraged', { asked: '-40', given: '-40' }),
        alice.stands({ positions: [], equity: '0' }),
        bob.stands({ equity: '1000100' }),
        stated({ losses: expect.objectContaining({ deleveraged: '0' }) }),
      ))

  it('at a price next to nothing like at any other', () =>
    given(...nobodyBid('0.000001'))
      .when(deleverage('alice:1'))
      .then(
        accepted,
        // She has lost 999.99999, in whole cents 1000; he has won 999.99, and the rest of the cent is dust.
        happened('Deleveraged', { asked: '900', given: '900' }),
        alice.stands({ positions: [], equity: '0' }),
        bob.stands({ equity: '1000099.99' }),
        movedAmongOthers({ 'dust USD': '0.01' }),
      ))

  it('no counterparty gives more than the profit of its account, and the rest stays as debt', () =>
    given(...lossElsewhere(bob, '135'), ...nobodyBid('84', price('ETH-PERP', '4865')), price('ETH-PERP', '4865'))
      .when(deleverage('alice:1'))
      .then(
        happened('Deleveraged', { asked: '60', given: '25' }),
        alice.stands({ positions: [], equity: '-35', collateral: { USD: '-35' } }),
        bob.stands({ equity: '1000000', principal: '1000000' }),
        pool(({ standing }) => expect([...standing.duties.owing]).toEqual(['alice'])),
        stated({ frozen: true, solvent: false }),
      ))

  it('nor more than the profit of what is closed of its position', () =>
    given(
      // Carol gains elsewhere what she does not give here.
      list('ETH-PERP'),
      carol.bought('1 ETH-PERP at 100 from dave'),
      alice.holds('200 USD'),
      alice.bought('5 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '87'),
      alice.bought('5 BTC-PERP at 87 from carol'),
      price('BTC-PERP', '70'),
      price('ETH-PERP', '1000'),
      startLiquidation('alice'),
      passed('36 min'),
      price('BTC-PERP', '60'),
      price('ETH-PERP', '1000'),
    )
      .when(deleverage('alice:1'))
      .then(
        // Equity 200 - 5 * 40 - 5 * 27 = -135: bob and carol are asked 67.50 each.
        happened('Deleveraged', { counterparty: 'bob', asked: '67.5', given: '67.5' }),
        happened('Deleveraged', { counterparty: 'carol', asked: '67.5', given: '67.5' }),
      ))

  it('principal of a counterparty is never touched', () =>
    given(...lossElsewhere(bob, '500'), ...nobodyBid('84', price('ETH-PERP', '4500')), price('ETH-PERP', '4500'))
      .when(deleverage('alice:1'))
      .then(
        happened('Deleveraged', { asked: '60', given: '0' }),
        alice.stands({ equity: '-60' }),
        bob.stands({ equity: '999660', principal: '1000000' }),
      ))

  it('is not while the auction runs, on a stale price, or back above maintenance margin', () => {
    given(
      alice.holds('100 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      startLiquidation('alice'),
    )
      .when(deleverage('alice:1'))
      .then(rejected('nothing-due'))
    given(...nobodyBid('84'), after('121 s'))
      .when(deleverage('alice:1'))
      .then(rejected('stale-price'))
    given(...nobodyBid('84'), price('BTC-PERP', '95'))
      .when(deleverage('alice:1'))
      .then(rejected('not-breached'))
    given(...nobodyBid('84'))
      .when(deleverage('alice:2'))
      .then(rejected('unknown-liquidation'))
  })

  it('settles due funding of both sides first', () =>
    given(...nobodyBid('84', { type: 'PayFunding', data: { instrument: 'BTC-PERP', rate: '0.01' } }))
      .when(deleverage('alice:1'))
      .then(
        happened('FundingSettled', { account: 'alice', amount: '-10' }),
        happened('FundingSettled', { account: 'bob', amount: '10' }),
        happened('Deleveraged', { asked: '70', given: '70' }),
      ))
})

describe('the prefunded layers', () => {
  const paidOf = (layer: string) => (events: readonly { type: string; data: object }[]) =>
    events.flatMap(({ type, data }) =>
      type === 'InsuranceDrawn' && (data as { layer: string }).layer === layer
        ? [(data as { amount: string }).amount]
        : [],
    )

  it('pay before the counterparties: first tranche, fund, rest of the tranche', () =>
    given(
      ...nobodyBid(
        '84',
        fund('20 USD', 'skin-in-the-game'),
        fund('15 USD'),
        parameters({ waterfall: { skinInTheGame: '12' } }),
      ),
    )
      .when(deleverage('alice:1'))
      .then(
        happenedExactly(
          'InsuranceDrawn',
          'InsuranceDrawn',
          'InsuranceDrawn',
          'Deleveraged',
          'LiquidationEnded',
          'PoolThawed',
        ),
        ({ happened: events }) => {
          expect(paidOf('skin-in-the-game')(events)).toEqual(['12', '8'])
          expect(paidOf('fund')(events)).toEqual(['15'])
        },
        happened('Deleveraged', { asked: '25', given: '25' }),
        movedAmongOthers({ 'insurance USD': '-15', 'skin-in-the-game USD': '-20' }),
        stated({
          losses: { insurance: '15', skinInTheGame: '20', deleveraged: '25', socialized: '0', uncovered: '0' },
        }),
      ))

  it('pay no more than is missing', () =>
    given(...nobodyBid('84', fund('1000 USD')))
      .when(deleverage('alice:1'))
      .then(happened('InsuranceDrawn', { amount: '60' }), happened('Deleveraged', { asked: '0', given: '0' })))

  it('the fund pays at most the cap for each instrument, the loss split by the margins at the start', () =>
    given(
      list('ETH-PERP'),
      alice.holds('100 USD'),
      parameters({ waterfall: { insuranceCap: '50' } }),
      fund('1000 USD'),
      alice.bought('7.5 BTC-PERP at 100 from bob'),
      alice.bought('2.5 ETH-PERP at 100 from bob'),
      price('BTC-PERP', '80'),
      price('ETH-PERP', '80'),
      startLiquidation('alice'),
      passed('36 min'),
      price('BTC-PERP', '80'),
      price('ETH-PERP', '80'),
    )
      .when(deleverage('alice:1'))
      // The loss of 100 is 75 and 25: the fund pays 50 and 25.
      .then(happened('InsuranceDrawn', { layer: 'fund', amount: '75' }), alice.stands({ equity: '0' })))

  describe('are shared pro rata by what is missing, and not by who comes first', () => {
    /** Alice lacks 60 and carol 120; bob has lost elsewhere what he won from them, so he has nothing to give. */
    const both = given(
      ...lossElsewhere(bob, '4000'),
      alice.holds('100 USD'),
      carol.holds('200 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      carol.bought('20 BTC-PERP at 100 from bob'),
      fund('90 USD'),
      price('BTC-PERP', '84'),
      startLiquidation('alice'),
      startLiquidation('carol'),
      passed('36 min'),
      price('BTC-PERP', '84'),
      price('ETH-PERP', '1000'),
    )
    it.each([
      ['alice', 'carol'],
      ['carol', 'alice'],
    ])('where %s is first, then %s', (first, second) =>
      both
        .when(deleverage(`${first}:1`), deleverage(`${second}:1`))
        .then(
          accepted,
          happened('InsuranceDrawn', { defaulter: 'alice', amount: '30' }),
          happened('InsuranceDrawn', { defaulter: 'carol', amount: '60' }),
          alice.stands({ equity: '-30' }),
          carol.stands({ equity: '-60' }),
        ),
    )
  })
})

describe('where everybody is in default', () => {
  it('a defaulter who is the only counterparty of another closes at the mark, gives nothing and receives nothing', () =>
    given(
      list('ETH-PERP'),
      bob.holds('2000 USD'),
      bob.bought('10 ETH-PERP at 1000 from dave'),
      ...nobodyBid('84', price('ETH-PERP', '790'), startLiquidation('bob')),
      price('ETH-PERP', '790'),
    )
      .when(deleverage('alice:1'))
      .then(
        accepted,
        happened('Deleveraged', { counterparty: 'bob', asked: '60', given: '0' }),
        alice.stands({ positions: [], equity: '-60' }),
        bob.stands({ equity: '60', status: 'liquidatable' }),
        dave.stands({ equity: '1002100' }),
      ))

  it('the last two accounts of a pool both leave it flat', () => {
    const coins = { asset: 'COIN', decimals: 0 }
    const world = given(
      { type: 'RegisterAsset', data: coins } satisfies Wish,
      { type: 'PublishPrice', data: { asset: 'COIN', price: '1' } } satisfies Wish,
      alice.holds('101 COIN'),
      bob.holds('101 COIN'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      { type: 'PublishPrice', data: { asset: 'COIN', price: '0.000001' } } satisfies Wish,
      price('BTC-PERP', '98'),
      startLiquidation('alice'),
      startLiquidation('bob'),
      passed('36 min'),
      { type: 'PublishPrice', data: { asset: 'COIN', price: '0.000001' } } satisfies Wish,
      price('BTC-PERP', '98'),
    )
    // Alice lacks 20, bob has 20 on a maintenance margin of 49: her deleveraging closes both, and his is nothing to do.
    world
      .when(deleverage('alice:1'), deleverage('bob:1'))
      .then(
        rejected('nothing-due'),
        alice.stands({ positions: [] }),
        bob.stands({ positions: [], equity: '20.000101' }),
      )
    world
      .when(deleverage('bob:1'), deleverage('alice:1'))
      .then(rejected('nothing-due'), bob.stands({ positions: [] }), alice.stands({ positions: [] }))
  })
})
