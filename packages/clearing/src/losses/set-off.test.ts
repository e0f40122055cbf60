import {
  bob,
  coverLoss,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  person,
  type Step,
  settled,
  type Wish,
} from '../kit'

describe('an owner who owes with one account', () => {
  const [first, second] = [person('a1'), person('a2')]
  const ofAnn = (account: string, margin: 'cross' | 'isolated' = 'cross'): Wish => ({
    type: 'OpenAccount',
    data: { account, owner: 'ann', margin },
  })
  /** Ann owes 100 with one account, and has 150 in another, where 25 are required. */
  const owes = (...more: readonly (Step | Wish)[]) =>
    given(
      list('ETH-PERP'),
      ofAnn('a1'),
      first.deposits('100 USD'),
      ofAnn('a2', 'isolated'),
      second.deposits('150 USD'),
      second.bought('5 ETH-PERP at 100 from bob'),
      first.bought('10 BTC-PERP at 100 from bob'),
      fund('1000 USD'),
      ...more,
      settled('BTC-PERP', '80'),
    )

  it('pays with the others, isolated ones too, before anybody else does', () =>
    owes()
      .when(coverLoss)
      .then(
        happenedExactly('OwnerSetOff'),
        happened('OwnerSetOff', { owner: 'ann', from: 'a2', to: 'a1', amount: '100' }),
        first.stands({ equity: '0' }),
        second.stands({ equity: '50' }),
        bob.stands({ equity: '1000200' }),
      ))

  it('keeps there what its own positions require', () =>
    owes(second.withdraws('100 USD'))
      .when(coverLoss)
      .then(
        happenedExactly('OwnerSetOff', 'InsuranceDrawn'),
        happened('OwnerSetOff', { amount: '25' }),
        happened('InsuranceDrawn', { amount: '75' }),
        second.stands({ equity: '25', maintenanceMargin: '25', status: 'restricted' }),
      ))

  it('pays nothing with them where the pool has no recourse', () =>
    owes(parameters({ waterfall: { recourse: false } }))
      .when(coverLoss)
      .then(
        happenedExactly('InsuranceDrawn'),
        happened('InsuranceDrawn', { amount: '100' }),
        second.stands({ equity: '150' }),
      ))

  it('gives no profit of an account that has paid it away, so that nobody comes to owe by it', () =>
    given(
      list('ETH-PERP'),
      ofAnn('a1'),
      first.deposits('100 USD'),
      ofAnn('a2'),
      second.deposits('30 USD'),
      second.sold('1 BTC-PERP at 100 to bob'),
      first.bought('10 BTC-PERP at 100 from bob'),
      settled('BTC-PERP', '80'),
    )
      .when(coverLoss)
      .then(
        happenedExactly('OwnerSetOff', 'LossSocialized', 'PoolThawed'),
        happened('OwnerSetOff', { from: 'a2', to: 'a1', amount: '50' }),
        happened('LossSocialized', { loss: '50', profits: '180' }),
        first.stands({ equity: '0' }),
        second.stands({ equity: '0' }),
      ))
})
