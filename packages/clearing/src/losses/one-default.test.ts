import {
  alice,
  coverLoss,
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
  startLiquidation,
} from '../kit'
import { frank, left, owed, thin } from './test-debts'

describe('one default', () => {
  /** Alice owes 100, and nobody has made anything that has not stood. */
  const alone = [...left('200'), ...owed]

  it('has one first tranche of the operator’s', () =>
    given(...alone, fund('30 USD', 'skin-in-the-game'), parameters({ waterfall: { skinInTheGame: '10' } }), coverLoss)
      // Ten and the rest, twenty, were paid before; now the fund pays first, though the tranche was refilled.
      .when(fund('30 USD', 'skin-in-the-game'), fund('20 USD'), coverLoss)
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
    given(...alone, fund('50 USD'), coverLoss)
      .when(alice.deposits('50 USD'))
      .then(pool(({ accounts }) => expect(accounts.get('alice')?.inDefault).toBeUndefined())))
})
