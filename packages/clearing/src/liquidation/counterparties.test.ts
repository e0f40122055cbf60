import type { LedgerEvent } from '@novation/events'
import {
  type Afterwards,
  alice,
  bob,
  carol,
  dave,
  deleverage,
  funding,
  given,
  list,
  parameters,
  passed,
  person,
  price,
  type Step,
  startLiquidation,
} from '../kit'

const erin = person('erin')

/** Who closed how much, and gave what, in the order in which they were asked. */
const closedBy =
  (...expected: readonly (readonly [string, string, string])[]) =>
  ({ happened: events }: Afterwards) =>
    expect(
      events.flatMap((event: LedgerEvent) =>
        event.type === 'Deleveraged' ? [[event.data.counterparty, event.data.quantity, event.data.given]] : [],
      ),
    ).toEqual(expected)

describe('the counterparties of a deleveraged account', () => {
  it('those in profit come by rank, profit ratio times leverage, and whoever is in loss comes last', () =>
    given(
      list('ETH-PERP', { lot: '1' }),
      alice.holds('570 USD'),
      bob.holds('1000 USD'),
      carol.holds('500 USD'),
      dave.holds('2000 USD'),
      erin.holds('50 USD'),
      // Equal profits on four sold at 90, on very different capital; and erin, who sold lower than the mark will be.
      bob.sold('4 ETH-PERP at 90 to alice'),
      carol.sold('4 ETH-PERP at 90 to alice'),
      dave.sold('4 ETH-PERP at 90 to alice'),
      price('ETH-PERP', '50'),
      erin.sold('6 ETH-PERP at 50 to alice'),
      price('ETH-PERP', '60'),
      funding('ETH-PERP', '0.25'),
      startLiquidation('alice'),
      passed('36 min'),
      price('ETH-PERP', '60'),
    )
      .when(deleverage('alice:1'))
      .then(closedBy(['carol', '-4', '0'], ['bob', '-4', '0'], ['dave', '-4', '0'], ['erin', '-6', '0'])))

  it('accounts below maintenance margin come first, and close at the mark', () =>
    given(
      list('ETH-PERP', { lot: '1' }),
      list('SOL-PERP'),
      alice.holds('600 USD'),
      bob.holds('1000 USD'),
      carol.holds('350 USD'),
      bob.sold('10 ETH-PERP at 100 to alice'),
      carol.sold('10 ETH-PERP at 100 to alice'),
      carol.bought('10 SOL-PERP at 100 from dave'),
      alice.sold('8 ETH-PERP at 100 to dave'),
      price('ETH-PERP', '44'),
      startLiquidation('alice'),
      passed('36 min'),
      price('ETH-PERP', '44'),
      price('SOL-PERP', '8'),
    )
      .when(deleverage('alice:1'))
      // She lacks 72: carol is asked for her 60 and has nothing to give, bob for his 12.
      .then(closedBy(['carol', '-10', '0'], ['bob', '-2', '12'])))

  describe('in profit', () => {
    /** Alice bought twelve at 100, of bob 2, carol 4 and dave 6, and sold five on; at 9 she lacks 37. */
    const three = (deleveraging: 'queue' | 'pro-rata', sold: readonly Step[]) => [
      list('ETH-PERP', { lot: '1' }),
      parameters({ waterfall: { deleveraging } }),
      alice.holds('600 USD'),
      bob.holds('100000 USD'),
      carol.holds('100000 USD'),
      dave.holds('100000 USD'),
      price('ETH-PERP', '100'),
      ...sold,
      alice.sold('5 ETH-PERP at 100 to erin'),
      price('ETH-PERP', '9'),
      startLiquidation('alice'),
      passed('36 min'),
      price('ETH-PERP', '9'),
    ]
    const sold = [
      bob.sold('2 ETH-PERP at 100 to alice'),
      carol.sold('4 ETH-PERP at 100 to alice'),
      dave.sold('6 ETH-PERP at 100 to alice'),
    ]

    it('close one after the other by rank: here the larger position is the larger leverage', () =>
      given(...three('queue', sold))
        .when(deleverage('alice:1'))
        .then(closedBy(['dave', '-6', '31.72'], ['carol', '-1', '5.28'])))

    it('or all the same part of theirs, in whole lots by largest remainder', () =>
      given(...three('pro-rata', sold))
        .when(deleverage('alice:1'))
        // 7 of 12: 3.5, 2.33 and 1.17 contracts, in the order of rank; the odd one goes to dave.
        .then(closedBy(['dave', '-4', '21.15'], ['carol', '-2', '10.57'], ['bob', '-1', '5.28'])))

    it('and whoever traded first has no say in it', () =>
      given(...three('pro-rata', [...sold].reverse()))
        .when(deleverage('alice:1'))
        .then(closedBy(['dave', '-4', '21.15'], ['carol', '-2', '10.57'], ['bob', '-1', '5.28'])))
  })

  it('of a short are the longs', () =>
    given(
      alice.holds('100 USD'),
      alice.sold('10 BTC-PERP at 100 to bob'),
      price('BTC-PERP', '116'),
      startLiquidation('alice'),
      passed('36 min'),
      price('BTC-PERP', '116'),
    )
      .when(deleverage('alice:1'))
      .then(closedBy(['bob', '10', '60'])))
})
