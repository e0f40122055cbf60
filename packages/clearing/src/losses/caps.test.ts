import {
  accepted,
  after,
  alice,
  assetPrice,
  carol,
  coverLoss,
  deleverage,
  everybodyActs,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  person,
  pool,
  price,
  registerAsset,
  rejected,
  type Step,
  settled,
  startLiquidation,
  stated,
  ticking,
  type Wish,
} from '../kit'

/** Alice has 160 at 100 on 1700, which are settled at 20: she owes 11,100, all of which bob has won. */
const lost = [alice.holds('1700 USD'), alice.bought('160 BTC-PERP at 100 from bob'), settled('BTC-PERP', '20')]

const ownerCap = { what: 'owner', id: 'alice', amount: '7500', cap: '7500' } as const
const inBtc = { what: 'instrument', id: 'BTC-PERP', amount: '7500', cap: '30000' } as const

describe('what the layers bear of one owner', () => {
  it('is a share of them: the rest is taken from profits, though the fund holds more', () =>
    given(fund('30000 USD'), ...lost)
      .when(coverLoss)
      .then(
        accepted,
        happened('InsuranceDrawn', { layer: 'fund', amount: '7500', under: [ownerCap, inBtc] }),
        happened('LossSocialized', { loss: '3600', uncovered: '0' }),
        alice.stands({ equity: '0', principal: '0' }),
        stated({
          purses: [
            expect.objectContaining({ what: 'instrument', id: 'BTC-PERP', drawn: '7500', cap: '30000' }),
            expect.objectContaining({ what: 'owner', id: 'alice', drawn: '7500', cap: '7500' }),
          ],
        }),
      ))

  it('is fixed with the first draw, and anew once the window is over', () => {
    const owes = given(fund('30000 USD'), ...lost, after('1 d'), coverLoss)
    owes.when(fund('40000 USD'), coverLoss).then(rejected('nothing-to-cover'), alice.stands({ equity: '-3600' }))
    owes.when(after('30 d'), coverLoss).then(
      happened('InsuranceDrawn', {
        amount: '3600',
        under: [
          { ...ownerCap, amount: '3600', cap: '5625' },
          { ...inBtc, amount: '3600', cap: '22500' },
        ],
      }),
      alice.stands({ equity: '0' }),
      stated({ purses: expect.arrayContaining([expect.objectContaining({ what: 'owner', drawn: '3600' })]) }),
    )
  })

  it('counts anew once its window is over, which is a due time: who owes waits for nobody’s price', () => {
    const owes = given(fund('30000 USD'), ...lost, passed('1 d'), everybodyActs)
    owes.then(
      alice.stands({ equity: '-3600' }),
      stated({
        open: [
          { what: 'caps', id: 'main', due: '2020-04-12T10:00:00.000Z' },
          { what: 'loss', id: 'alice' },
        ],
      }),
    )
    owes
      .when(passed('30 d'), everybodyActs)
      .then(
        happened('TimePassed', { due: [{ what: 'caps', id: 'main' }] }),
        happened('InsuranceDrawn', { defaulter: 'alice', amount: '3600' }),
        alice.stands({ equity: '0' }),
        stated({ open: [] }),
      )
  })

  it('ends with the last window, also where somebody has paid under one since', () =>
    given(fund('30000 USD'), ...lost, after('1 d'), coverLoss)
      .when(passed('30 d'), passed('90 d'))
      .then(
        pool(({ purses }) => expect(purses.size).toBe(0)),
        happened('TimePassed', { due: [{ what: 'caps', id: 'main' }] }),
      ))

  it('is one for all its accounts, shared to the unit by largest remainder', () => {
    const ofAnn = (account: string): Wish => ({ type: 'OpenAccount', data: { account, owner: 'ann' } })
    const [one, two, three] = [person('a1'), person('a2'), person('a3')]
    const lose = (who: ReturnType<typeof person>): readonly (Step | Wish)[] => [
      ofAnn(who.id),
      who.deposits('600 USD'),
      who.bought('50 BTC-PERP at 100 from bob'),
    ]
    given(fund('30000 USD'), ...lose(one), ...lose(two), ...lose(three), settled('BTC-PERP', '20'))
      // 3,400 each, 10,200 together, of which 7,500 are under the cap.
      .when(coverLoss)
      .then(
        ...[one, two, three].map(({ id }) => happened('InsuranceDrawn', { defaulter: id, amount: '2500' })),
        happened('LossSocialized', { loss: '2700' }),
      )
  })
})

describe('what the layers bear of one instrument', () => {
  const lostOf = (...more: readonly (Step | Wish)[]) =>
    given(
      fund('30000 USD'),
      parameters({ waterfall: { ownerShare: '1' }, size: { share: '1', floor: '1000' } }),
      list('ETH-PERP'),
      ...more,
      ...lost,
    ).when(coverLoss)

  it('is all of them where nothing could be lost in another', () => {
    lostOf().then(happenedExactly('InsuranceDrawn'), happened('InsuranceDrawn', { amount: '11100' }))
  })

  it('is as much of them as a gap would cost its longs, beside all others, and never less than the least', () =>
    // Once it is settled nothing could be lost in it any more.
    lostOf(carol.bought('1 ETH-PERP at 100 from bob')).then(
      happened('InsuranceDrawn', {
        amount: '1000',
        under: [
          { what: 'owner', id: 'alice', amount: '1000', cap: '30000' },
          { what: 'instrument', id: 'BTC-PERP', amount: '1000', cap: '1000' },
        ],
      }),
      happened('LossSocialized', { loss: '10100' }),
    ))
})

describe('what the layers bear of one coin', () => {
  /** Alice owes 4,400 and 100 coins at 20 that stood at 100, or at another price at the end of the cycle before. */
  const fallen = (...more: readonly (Step | Wish)[]) =>
    given(
      registerAsset('ETH', 8, { haircut: '0.1', coinShare: '0.1' }),
      parameters({ size: { share: '0.2', floor: '100' } }),
      fund('30000 USD'),
      alice.holds('1 USD'),
      assetPrice('ETH', '100'),
      alice.deposits('100 ETH'),
      alice.bought('160 BTC-PERP at 100 from bob'),
      ...more,
      price('BTC-PERP', '60'),
      assetPrice('ETH', '20'),
      startLiquidation('alice'),
      ticking('40 min'),
      deleverage('alice:1'),
    )

  it('is its own share: as far as a hole is no larger than what the coins have fallen, it stands on them alone', () =>
    fallen()
      .when(coverLoss)
      .then(
        happened('InsuranceDrawn', {
          amount: '3000',
          under: [
            { what: 'owner', id: 'alice', amount: '3000', cap: '7500' },
            { what: 'coin', id: 'ETH', amount: '3000', cap: '3000' },
          ],
        }),
        happened('LossSocialized', { loss: '1399' }),
      ))

  it('counts what the coin has fallen from its top price in this cycle and the last; what is beyond stands on the positions', () =>
    fallen(
      after('1 d'),
      price('BTC-PERP', '100'),
      assetPrice('ETH', '50'),
      after('1 d'),
      price('BTC-PERP', '100'),
      assetPrice('ETH', '50'),
      after('1 d'),
    )
      .when(coverLoss)
      .then(
        // Of 4,399 the coins have fallen 100 times 30.
        happened('InsuranceDrawn', {
          amount: '4399',
          under: [
            { what: 'owner', id: 'alice', amount: '4399', cap: '7500' },
            { what: 'coin', id: 'ETH', amount: '3000', cap: '3000' },
            { what: 'instrument', id: 'BTC-PERP', amount: '1399', cap: '30000' },
          ],
        }),
        alice.stands({ collateral: { USD: '-2000', ETH: '100' } }),
      ))
})

describe('a loss that no liquidation preceded, for the coins beside it have only worn out since', () => {
  it('stands on these, also where it is paid in more than one step', () => {
    const wornOut = [
      registerAsset('ETH', 8),
      assetPrice('ETH', '100'),
      alice.holds('100 USD', '10 ETH'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      settled('BTC-PERP', '50'),
      after('1 d'),
    ]
    given(...wornOut, fund('50 USD'), coverLoss, fund('60 USD'))
      .when(coverLoss)
      .then(
        happened('InsuranceDrawn', {
          defaulter: 'alice',
          amount: '60',
          under: [
            { what: 'owner', id: 'alice', amount: '60', cap: '5000' },
            { what: 'coin', id: 'ETH', amount: '60', cap: '5000' },
          ],
        }),
      )
  })
})
