import {
  accepted,
  alice,
  bob,
  coverLoss,
  deleverage,
  fund,
  given,
  happened,
  happenedExactly,
  lastingPrices,
  list,
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
import { frank, left, owed, thin } from './test-debts'

describe('one default', () => {
  /** Alice lacks 100 when she is deleveraged, and bob has nothing to give; 60 were there for her, under a cap of 50. */
  const deleveraged = (...more: readonly (Step | Wish)[]) => [
    list('ETH-PERP', thin),
    bob.bought('1 ETH-PERP at 1000 from erin'),
    alice.holds('100 USD'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    ...more,
    price('ETH-PERP', '500'),
    price('BTC-PERP', '80'),
    startLiquidation('alice'),
    passed('36 min'),
    price('BTC-PERP', '80'),
    price('ETH-PERP', '500'),
    deleverage('alice:1'),
  ]

  it('has one cap, though it is paid in two steps', () =>
    given(...deleveraged(fund('1000 USD'), parameters({ waterfall: { insuranceCap: '50' } })))
      .when(coverLoss)
      .then(
        accepted,
        happenedExactly('LossSocialized'),
        happened('LossSocialized', { loss: '50', taken: [{ account: 'erin', amount: '50' }] }),
        stated({ losses: expect.objectContaining({ insurance: '50', socialized: '50' }) }),
      ))

  it('has one first tranche of the operator’s', () =>
    given(
      ...deleveraged(
        fund('30 USD', 'skin-in-the-game'),
        fund('20 USD'),
        parameters({ waterfall: { skinInTheGame: '10', insuranceCap: '0' } }),
      ),
      parameters({ waterfall: { skinInTheGame: '10', insuranceCap: '1000' } }),
    )
      // Ten and the rest, twenty, were paid when it was deleveraged; now the fund pays, though the tranche was refilled.
      .when(fund('30 USD', 'skin-in-the-game'), coverLoss)
      .then(happened('InsuranceDrawn', { layer: 'fund', amount: '20' }), ({ happened: events }) =>
        expect(
          events.flatMap(({ type, data }) => (type === 'InsuranceDrawn' ? [(data as { layer: string }).layer] : [])),
        ).toEqual(['fund', 'skin-in-the-game']),
      ))

  it('has no more of a shared layer by asking twice: half of the fund is kept for frank', () => {
    const world = given(
      lastingPrices,
      ...left('500'),
      list('ETH-PERP', thin),
      frank.holds('10 USD'),
      frank.bought('1 ETH-PERP at 1000 from bob'),
      fund('100 USD'),
      ...owed,
      price('ETH-PERP', '890'),
      startLiquidation('frank'),
      passed('1 h'),
    )
    world.when(coverLoss).then(happenedExactly('InsuranceDrawn'), happened('InsuranceDrawn', { amount: '50' }))
    world.when(coverLoss, coverLoss).then(rejected('nothing-to-cover'), alice.stands({ equity: '-50' }))
  })

  it('is forgotten once nothing is owed any more', () =>
    given(...deleveraged(fund('1000 USD'), parameters({ waterfall: { insuranceCap: '50' } })), coverLoss)
      .when(alice.deposits('1 USD'))
      .then(pool(({ accounts }) => expect(accounts.get('alice')?.inDefault).toBeUndefined())))
})
