import {
  accepted,
  after,
  alice,
  bob,
  coverLoss,
  dave,
  deleverage,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  movedAmongOthers,
  pool,
  price,
  rejected,
  type Step,
  startLiquidation,
  stated,
  ticking,
  type Wish,
} from '../kit'

/** Alice has ten at 100 from bob, on a hundred, and nobody has taken them when the auction ends with the mark at `mark`. */
const nobodyBid = (mark: string, ...more: readonly (Step | Wish)[]) => [
  alice.holds('100 USD'),
  alice.bought('10 BTC-PERP at 100 from bob'),
  ...more,
  price('BTC-PERP', mark),
  startLiquidation('alice'),
  ticking('36 min'),
  price('BTC-PERP', mark),
]

describe('an account that nobody took is deleveraged', () => {
  it('whole and at once, at the mark: nobody gives, and what is missing stays as debt', () =>
    given(...nobodyBid('84'))
      .when(deleverage('alice:1'))
      .then(
        accepted,
        happenedExactly('Deleveraged', 'LiquidationEnded'),
        happened('Deleveraged', { counterparty: 'bob', quantity: '-10', price: '84', class: 1, rank: 1, share: '0' }),
        happened('Deleveraged', { realised: '-160', counterpartyRealised: '160' }),
        happened('LiquidationEnded', { reason: 'deleveraged', equity: '-60' }),
        alice.stands({ positions: [], equity: '-60', collateral: { USD: '-60' } }),
        bob.stands({ positions: [], equity: '1000160' }),
        pool(({ standing }) => expect([...standing.duties.owing]).toEqual(['alice'])),
        stated({ frozen: true, solvent: false }),
      ))

  it('and the debt goes down the waterfall like any other', () =>
    given(...nobodyBid('84', fund('20 USD')), deleverage('alice:1'))
      .when(coverLoss)
      .then(
        happened('InsuranceDrawn', { layer: 'fund', amount: '20', purpose: 'write-off' }),
        happened('LossSocialized', { loss: '40', uncovered: '0' }),
        alice.stands({ equity: '0' }),
        bob.stands({ equity: '1000120' }),
        stated({ frozen: false }),
      ))

  it('and what it is still worth goes to whoever closes', () =>
    given(...nobodyBid('94'))
      .when(deleverage('alice:1'))
      .then(
        happened('Deleveraged', { share: '40', realised: '-60', counterpartyRealised: '60' }),
        alice.stands({ positions: [], equity: '0' }),
        bob.stands({ equity: '1000100' }),
      ))

  it('with what it is worth split by what each position requires, and by size among those who close it', () =>
    given(
      list('ETH-PERP', { margin: { model: 'tiered', tiers: [{ initial: '0.2', maintenance: '0.15' }] } }),
      alice.holds('175 USD'),
      alice.bought('6 BTC-PERP at 100 from bob'),
      alice.bought('4 BTC-PERP at 100 from carol'),
      alice.bought('1 ETH-PERP at 300 from dave'),
      price('BTC-PERP', '91'),
      price('ETH-PERP', '300'),
      startLiquidation('alice'),
      ticking('36 min'),
      price('BTC-PERP', '91'),
      price('ETH-PERP', '300'),
    )
      .when(deleverage('alice:1'))
      .then(
        // 85 is left: 45.5 and 45 are required, so 42.73 and 42.27, and of the first bob closes six tenths.
        happened('Deleveraged', { counterparty: 'bob', share: '25.64' }),
        happened('Deleveraged', { counterparty: 'carol', share: '17.09' }),
        happened('Deleveraged', { counterparty: 'dave', share: '42.27' }),
        alice.stands({ equity: '0' }),
      ))

  it('at a price next to nothing like at any other', () =>
    given(...nobodyBid('0.000001'))
      .when(deleverage('alice:1'))
      .then(
        accepted,
        // She has lost 999.99999, in whole cents 1000; he has won 999.99, and the rest of the cent is dust.
        happened('Deleveraged', { realised: '-1000', counterpartyRealised: '999.99' }),
        alice.stands({ positions: [], equity: '-900' }),
        bob.stands({ equity: '1000999.99' }),
        movedAmongOthers({ 'dust USD': '0.01' }),
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
        alice.stands({ equity: '-70' }),
        bob.stands({ equity: '1000170' }),
      ))
})

describe('where everybody is in default', () => {
  it('a defaulter who is the only counterparty of another closes at the mark too, in the class of those below their line', () =>
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
        happened('Deleveraged', { counterparty: 'bob', class: 0, rank: 1, share: '0' }),
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
      ticking('36 min'),
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
