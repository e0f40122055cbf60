import { type alice, bob, fund, given, happened, list, minutes, person, price, stated, type Wish } from '../kit'

const [a1, a2, a3, w1, w2] = ['a1', 'a2', 'a3', 'w1', 'w2'].map(person) as [
  typeof alice,
  typeof alice,
  typeof alice,
  typeof alice,
  typeof alice,
]
const lots = list('ETH-PERP', { lot: '0.001' })
const paid = (insurance: string, socialized: string) =>
  stated({ frozen: false, open: [], losses: expect.objectContaining({ insurance, socialized, uncovered: '0' }) })

describe('losses, each minute of which somebody acts', () => {
  it('of two that each lack 500 take 350 of a fund of 700, and the rest from both who won alike', () =>
    given(
      lots,
      fund('700 USD'),
      a1.holds('500 USD'),
      a2.holds('500 USD'),
      w1.holds('5000 USD'),
      w2.holds('5000 USD'),
      a1.bought('1 ETH-PERP at 5000 from w1'),
      a2.bought('1 ETH-PERP at 5000 from w2'),
    )
      .when(...minutes(17, price('ETH-PERP', '4000')))
      .then(
        happened('InsuranceDrawn', { defaulter: 'a1', amount: '350' }),
        happened('InsuranceDrawn', { defaulter: 'a2', amount: '350' }),
        ...[a1, a2].map((who) => who.stands({ equity: '0' })),
        ...[w1, w2].map((who) => who.stands({ equity: '5850' })),
        paid('700', '300'),
      ))

  it('of three at once are shared to the cent, by largest remainder, ties by id', () =>
    given(
      lots,
      fund('66.68 USD'),
      ...[a1, a2, a3].map((who) => who.holds('166.51 USD')),
      ...[w1, w2].map((who) => who.holds('5000 USD')),
      a1.bought('0.333 ETH-PERP at 5000.01 from w1'),
      a2.bought('0.333 ETH-PERP at 5000.01 from w2'),
      a3.bought('0.333 ETH-PERP at 5000.01 from w1'),
    )
      .when(...minutes(14, price('ETH-PERP', '4400.03')))
      .then(
        ...[a1, a2, a3].map((who) => who.stands({ equity: '0' })),
        w1.stands({ equity: '5377.45' }),
        w2.stands({ equity: '5188.73' }),
        paid('66.68', '33.19'),
      ))

  it('of one whose owner has more elsewhere cost nobody else anything', () => {
    const ofAnn = (account: string): Wish => ({ type: 'OpenAccount', data: { account, owner: 'ann' } })
    given(
      lots,
      ofAnn('a1'),
      a1.deposits('510 USD'),
      ofAnn('a2'),
      a2.deposits('5000 USD'),
      bob.holds('5000 USD'),
      a1.bought('1 ETH-PERP at 5000 from bob'),
    )
      .when(...minutes(17, price('ETH-PERP', '4300')))
      .then(
        happened('OwnerSetOff', { owner: 'ann', from: 'a2', to: 'a1', amount: '190' }),
        a1.stands({ equity: '0' }),
        a2.stands({ equity: '4810' }),
        bob.stands({ equity: '5700' }),
        paid('0', '0'),
      )
  })
})
