import {
  accepted,
  alice,
  bob,
  carol,
  coverLoss,
  dave,
  fund,
  given,
  happened,
  happenedExactly,
  lastingPrices,
  list,
  moved,
  parameters,
  passed,
  price,
  rejected,
  settled,
  startLiquidation,
  stated,
} from '../kit'
import { debts, frank, left, lost, owed, thin } from './test-debts'

describe('the losses of accounts that have nothing but a debt', () => {
  it('are taken from everybody’s profit pro rata, in one step', () =>
    given(...debts())
      .when(coverLoss)
      .then(
        accepted,
        happenedExactly('LossSocialized', 'PoolThawed'),
        happened('LossSocialized', {
          loss: '400',
          profits: '800',
          taken: [
            { account: 'bob', amount: '250', instrument: 'BTC-PERP' },
            { account: 'carol', amount: '150', instrument: 'BTC-PERP' },
          ],
          given: [
            { account: 'alice', amount: '100' },
            { account: 'dave', amount: '300' },
          ],
          uncovered: '0',
        }),
        moved({
          'trader/bob USD': '-250',
          'trader/carol USD': '-150',
          'trader/alice USD': '100',
          'trader/dave USD': '300',
        }),
        stated({
          solvent: true,
          frozen: false,
          losses: expect.objectContaining({ socialized: '400', uncovered: '0' }),
        }),
      ))

  it('go through the prefunded layers first, in their order, shared by what is owed', () =>
    given(
      ...debts(fund('80 USD', 'skin-in-the-game'), fund('100 USD'), parameters({ waterfall: { skinInTheGame: '10' } })),
    )
      .when(coverLoss)
      .then(
        // The first 10 of each loss come from the tranche; the fund is shared by 90 and 290, the last 60 by what is left then.
        ({ happened: events }) =>
          expect(
            events.flatMap(({ type, data }) =>
              type === 'InsuranceDrawn'
                ? [
                    [
                      (data as { defaulter: string }).defaulter,
                      (data as { layer: string }).layer,
                      (data as { amount: string }).amount,
                    ],
                  ]
                : [],
            ),
          ).toEqual([
            ['alice', 'skin-in-the-game', '10'],
            ['alice', 'fund', '23.68'],
            ['alice', 'skin-in-the-game', '10.35'],
            ['dave', 'skin-in-the-game', '10'],
            ['dave', 'fund', '76.32'],
            ['dave', 'skin-in-the-game', '49.65'],
          ]),
        happened('LossSocialized', { loss: '220', uncovered: '0' }),
        stated({
          losses: { insurance: '100', skinInTheGame: '80', socialized: '220', uncovered: '0' },
        }),
      ))

  it('are paid to the last cent and no further where the fund suffices', () =>
    given(...debts(fund('1000 USD')))
      .when(coverLoss)
      .then(
        happenedExactly('InsuranceDrawn', 'InsuranceDrawn'),
        alice.stands({ equity: '0' }),
        dave.stands({ equity: '0' }),
        bob.stands({ equity: '1000500' }),
      ))

  it('leave single cents by largest remainder, ties by id', () =>
    given(
      alice.holds('100 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      alice.sold('7 BTC-PERP at 100 to dave'),
      carol.sold('6 BTC-PERP at 100 to dave'),
      dave.sold('6 BTC-PERP at 100 to carol'),
      alice.bought('4 BTC-PERP at 100 from carol'),
      // Alice holds 7, dave 7, against bob's 10 and carol's 4; dave bears it.
      settled('BTC-PERP', '85.67'),
    )
      .when(coverLoss)
      .then(
        // The debt is 0.31, the profits 143.30 and 57.32: bob bears 0.2214 of it and carol 0.0886.
        happened('LossSocialized', {
          loss: '0.31',
          profits: '200.62',
          taken: [
            { account: 'bob', amount: '0.22', instrument: 'BTC-PERP' },
            { account: 'carol', amount: '0.09', instrument: 'BTC-PERP' },
          ],
        }),
        alice.stands({ equity: '0' }),
      ))

  it('never reach principal: who only has what was paid in keeps all of it', () =>
    given(...debts(...lost('500', '300')))
      .when(coverLoss)
      .then(
        // Only erin, who won it all, has a profit.
        happened('LossSocialized', { taken: [{ account: 'erin', amount: '400' }] }),
        bob.stands({ equity: '1000000', principal: '1000000' }),
        carol.stands({ equity: '1000000', principal: '1000000' }),
      ))

  it('that nobody can bear stay as debt: it is said, and the pool stays frozen', () => {
    given(...left('200'), ...owed)
      .when(coverLoss)
      .then(
        rejected('nothing-to-cover'),
        alice.stands({ equity: '-100', status: 'bankrupt' }),
        stated({
          solvent: false,
          frozen: true,
          losses: expect.objectContaining({ socialized: '0', uncovered: '100' }),
        }),
      )
    given(...left('140'), ...owed)
      .when(coverLoss)
      .then(
        happened('LossSocialized', { loss: '100', profits: '60', uncovered: '40' }),
        alice.stands({ equity: '-40', principal: '0' }),
        bob.stands({ equity: '1000000' }),
        stated({
          solvent: false,
          frozen: true,
          losses: expect.objectContaining({ socialized: '60', uncovered: '40' }),
        }),
      )
  })

  it('are covered, and the pool thaws, once the operator pays in', () =>
    given(...left('200'), ...owed)
      .when(bob.withdraws('1 USD'), fund('100 USD'), coverLoss, bob.withdraws('1 USD'))
      .then(happened('PoolThawed'), alice.stands({ equity: '0' }), stated({ solvent: true, frozen: false })))

  it('wait while others below zero are offered for sale, so that all who may lose share alike', () => {
    const open = given(
      lastingPrices,
      ...debts(
        carol.bought('1 ETH-PERP at 1000 from bob'),
        frank.holds('10 USD'),
        frank.bought('1 ETH-PERP at 1000 from bob'),
        price('ETH-PERP', '980'),
        startLiquidation('frank'),
      ),
    )
    open.when(coverLoss).then(rejected('nothing-due'))
    // The window is over: they wait no longer.
    open
      .when(passed('1 h'), coverLoss)
      .then(accepted, happened('TimePassed'), happened('LossSocialized', { loss: '400' }))
  })

  it('of different ages wait no longer than the window of the oldest, from when it had nothing left but its debt', () => {
    // Alice owes from the start, dave from half an hour later; carol is offered for sale all the while.
    const open = given(
      lastingPrices,
      parameters({ liquidation: { auction: { insolventSeconds: 7200 } } }),
      list('ETH-PERP', thin),
      list('LTC-PERP', thin),
      alice.holds('100 USD'),
      dave.holds('100 USD'),
      carol.holds('10 USD'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      dave.bought('10 ETH-PERP at 100 from bob'),
      carol.bought('1 LTC-PERP at 1000 from bob'),
      settled('BTC-PERP', '80'),
      passed('30 min'),
      settled('ETH-PERP', '80'),
      price('LTC-PERP', '980'),
      startLiquidation('carol'),
      alice.deposits('1 USD'),
    )
    open.when(passed('29 min'), coverLoss).then(rejected('nothing-due'))
    open
      .when(passed('30 min'), coverLoss)
      .then(
        happenedExactly('TimePassed', 'LossSocialized'),
        happened('TimePassed', { due: [{ what: 'loss', id: 'alice' }] }),
        happened('LossSocialized', { loss: '199' }),
      )
  })

  it('are none where nobody owes anything', () =>
    given(...debts(), coverLoss)
      .when(coverLoss)
      .then(rejected('nothing-due')))

  it('cost the defaulter its principal, and nobody else’s', () =>
    given(...debts())
      .when(coverLoss)
      .then(alice.stands({ principal: '0' }), dave.stands({ principal: '0' }), bob.stands({ principal: '1000000' })))

  it('of a member who pays in again are smaller, or gone', () => {
    given(...debts())
      .when(alice.deposits('99.99 USD'), dave.deposits('300 USD'), coverLoss)
      .then(happened('LossSocialized', { loss: '0.01', given: [{ account: 'alice', amount: '0.01' }] }))
    given(...debts())
      .when(alice.deposits('100 USD'), dave.deposits('300 USD'), coverLoss)
      .then(rejected('nothing-due'))
  })
})
