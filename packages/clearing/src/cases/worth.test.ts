import {
  after,
  alice,
  assetPrice,
  bob,
  carol,
  everybodyActs,
  given,
  happened,
  list,
  minutes,
  passed,
  price,
  rates,
  registerAsset,
  rejected,
  stated,
  type Wish,
} from '../kit'

const eth = registerAsset('ETH', 8, { haircut: '0.1' })

describe('a price that is away', () => {
  it('for 39 minutes gives nothing away: what it opened ends worn out, and opens anew with the next price', () =>
    given(
      alice.holds('1000 USD'),
      bob.holds('1000 USD'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      ...minutes(2, price('BTC-PERP', '4205')),
      passed('38 min'),
      everybodyActs,
    )
      .when(price('BTC-PERP', '4205'), everybodyActs)
      .then(
        happened('LiquidationStarted', { liquidation: 'alice:2' }),
        alice.stands({ equity: '205', positions: [expect.objectContaining({ quantity: '1' })] }),
        bob.stands({ equity: '1795' }),
        stated({
          open: [expect.objectContaining({ what: 'margin-call' }), expect.objectContaining({ id: 'alice:2' })],
        }),
      ))

  it('costs in whole steps: an account falls under the line at one of them, and not between', () => {
    const aged = [
      eth,
      alice.holds('100 USD'),
      bob.holds('5000 USD'),
      assetPrice('ETH', '100'),
      alice.deposits('5 ETH'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      ...minutes(1, price('BTC-PERP', '4800')),
      ...minutes(1, assetPrice('ETH', '100'), price('BTC-PERP', '4800')),
    ]
    given(...aged, ...minutes(5, price('BTC-PERP', '4800'))).then(
      alice.stands({ equity: '400', worst: '-100', best: '300' }),
      stated({ open: [expect.objectContaining({ what: 'margin-call' })] }),
    )
    given(...aged, ...minutes(6, price('BTC-PERP', '4800'))).then(
      alice.stands({ equity: '400', worst: '-100', best: '250', maintenanceMargin: '275' }),
      stated({ open: [expect.objectContaining({ what: 'margin-call' }), { what: 'liquidation', id: 'alice:1' }] }),
    )
  })

  it('is nobody’s shield: one unit of what nobody ever prices changes nothing', () => {
    const held = (...more: readonly Wish[]) => [
      registerAsset('JUNK', 0),
      alice.holds('1000 USD'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      ...more,
      price('BTC-PERP', '4205'),
    ]
    for (const world of [held(), held(alice.deposits('1 JUNK'))])
      given(...world)
        .when(everybodyActs)
        .then(happened('LiquidationStarted', { liquidation: 'alice:1', equity: '205', maintenanceMargin: '210.25' }))
  })
})

describe('coins that come while their price is old', () => {
  it('count for nothing until the next one, and leave last', () =>
    given(
      eth,
      carol.holds('0.01 USD'),
      assetPrice('ETH', '100'),
      carol.deposits('5 ETH'),
      after('5 min'),
      carol.deposits('3 ETH'),
      carol.withdraws('2 ETH'),
    ).then(carol.stands({ equity: '300.01', worst: '0.01', best: '240.01' })))

  it('end no liquidation', () =>
    given(
      eth,
      assetPrice('ETH', '100'),
      alice.holds('1000 USD'),
      alice.bought('1 BTC-PERP at 5000 from bob'),
      ...minutes(4, price('BTC-PERP', '4205')),
      alice.deposits('30 ETH'),
    )
      .when(alice.withdraws('1 ETH'))
      .then(rejected('under-liquidation')))
})

describe('how crowded an instrument is', () => {
  it('is kept by who closes, though open interest has fallen; who opens gets what it is then', () => {
    const world = given(
      list('C', {
        margin: { ...rates('0.1', '0.05'), openInterestScaling: { lower: '10000', upper: '100000' } },
      }),
      alice.holds('20000 USD'),
      bob.holds('20000 USD'),
      carol.holds('20000 USD'),
      alice.bought('400 C at 100 from bob'),
      bob.bought('300 C at 100 from alice'),
      carol.bought('100 C at 100 from bob'),
    )
    // A third of the way at 40,000, a ninth at 20,000, each rounded up: so the round sums are a cent too much.
    world.then(
      alice.stands({ initialMargin: '4000.01' }),
      carol.stands({ initialMargin: '2000.01' }),
      bob.stands({ initialMargin: '6000.01' }),
    )
  })
})
