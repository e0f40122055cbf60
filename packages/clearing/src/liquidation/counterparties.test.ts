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
  person,
  price,
  type Step,
  startLiquidation,
  ticking,
} from '../kit'

const erin = person('erin')

/** Who closed how much, of which class, in the order in which they were asked. */
const closedBy =
  (...expected: readonly (readonly [string, string, number])[]) =>
  ({ happened: events }: Afterwards) =>
    expect(
      events.flatMap((event: LedgerEvent) =>
        event.type === 'Deleveraged' ? [[event.data.counterparty, event.data.quantity, event.data.class]] : [],
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
      ticking('36 min'),
      price('ETH-PERP', '60'),
    )
      .when(deleverage('alice:1'))
      .then(closedBy(['carol', '-4', 1], ['bob', '-4', 1], ['dave', '-4', 1], ['erin', '-6', 2])))

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
      ticking('36 min'),
      price('ETH-PERP', '44'),
      price('SOL-PERP', '8'),
    )
      .when(deleverage('alice:1'))
      .then(closedBy(['carol', '-10', 0], ['bob', '-2', 1])))

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
      ticking('36 min'),
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
        .then(closedBy(['dave', '-6', 1], ['carol', '-1', 1])))

    it('or all the same part of theirs, in whole lots by largest remainder', () =>
      given(...three('pro-rata', sold))
        .when(deleverage('alice:1'))
        // 7 of 12: 3.5, 2.33 and 1.17 contracts, in the order of rank; the odd one goes to dave.
        .then(closedBy(['dave', '-4', 1], ['carol', '-2', 1], ['bob', '-1', 1])))

    it('and whoever traded first has no say in it', () =>
      given(...three('pro-rata', [...sold].reverse()))
        .when(deleverage('alice:1'))
        .then(closedBy(['dave', '-4', 1], ['carol', '-2', 1], ['bob', '-1', 1])))
  })

  it('of a short are the longs', () =>
    given(
      alice.holds('100 USD'),
      alice.sold('10 BTC-PERP at 100 to bob'),
      price('BTC-PERP', '116'),
      startLiquidation('alice'),
      ticking('36 min'),
      price('BTC-PERP', '116'),
    )
      .when(deleverage('alice:1'))
      .then(closedBy(['bob', '10', 1])))

  describe('who hedge', () => {
    const cheap = { margin: { model: 'tiered', tiers: [{ initial: '0.01', maintenance: '0.005' }] } } as const
    /** Bob is short four of what alice holds and long three of a future on the same; carol is short six, and open. */
    const hedged = (underlying?: string) => [
      list('ETH-PERP', { lot: '1' }),
      list('ETH-DEC', { ...cheap, ...(underlying === undefined ? {} : { underlying }) }),
      alice.holds('700 USD'),
      bob.holds('100000 USD'),
      carol.holds('100000 USD'),
      bob.sold('6 ETH-PERP at 100 to alice'),
      carol.sold('4 ETH-PERP at 100 to alice'),
      bob.bought('4 ETH-DEC at 100 from dave'),
      alice.sold('2 ETH-PERP at 100 to erin'),
      price('ETH-PERP', '9'),
      price('ETH-DEC', '9'),
      startLiquidation('alice'),
      ticking('36 min'),
      price('ETH-PERP', '9'),
      price('ETH-DEC', '9'),
    ]

    it('are spared: of theirs only what stands open goes with the others, the hedge itself comes last', () =>
      given(...hedged('ETH-PERP'))
        .when(deleverage('alice:1'))
        .then(closedBy(['carol', '-4', 1], ['bob', '-2', 1], ['bob', '-2', 3])))

    it('are not, where nothing was said of what the other position follows', () =>
      given(...hedged())
        .when(deleverage('alice:1'))
        .then(closedBy(['carol', '-4', 1], ['bob', '-4', 1])))
  })
})
