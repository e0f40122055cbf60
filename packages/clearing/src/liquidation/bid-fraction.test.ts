import {
  accepted,
  alice,
  carol,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  pool,
  price,
  rates,
  startLiquidation,
  type Wish,
} from '../kit'

describe('a bid for a fraction of several positions', () => {
  /** A whale of two tiers and a smaller position, with lots of their own. */
  const mixed = (...more: readonly Wish[]) => [
    ...more,
    list('ETH-PERP', {
      lot: '0.1',
      margin: {
        model: 'tiered',
        tiers: [
          { upTo: '500', initial: '0.04', maintenance: '0.02' },
          { initial: '0.2', maintenance: '0.1' },
        ],
      },
    }),
    list('SOL-PERP', { lot: '1', multiplier: '0.1', margin: rates('0.1', '0.05') }),
    alice.holds('200 USD'),
    alice.bought('10 ETH-PERP at 100 from bob'),
    alice.sold('77 SOL-PERP at 100 to bob'),
    carol.holds('100000 USD'),
    price('ETH-PERP', '91'),
    price('SOL-PERP', '105'),
    startLiquidation('alice'),
  ]

  it('takes the same part of each, up to a lot, the largest maintenance margin first', () =>
    given(...mixed(parameters({ liquidation: { buffer: '1000', dust: '0' } })))
      .when(carol.bids('0.25', 'alice:1'))
      .then(
        accepted,
        happened('PositionOpened', { account: 'carol', instrument: 'ETH-PERP', quantity: '2.5' }),
        happened('PositionOpened', { account: 'carol', instrument: 'SOL-PERP', quantity: '-20' }),
      ))

  it('stops once the buffer is restored, without touching the next position', () =>
    given(...mixed())
      .when(carol.bids('1', 'alice:1'))
      .then(
        accepted,
        happened('LiquidationEnded', { reason: 'restored' }),
        pool(({ accounts }) => expect(accounts.get('carol')?.positions.size).toBeGreaterThan(0)),
      ))

  it('takes everything where all is bid for and nothing restores the account', () =>
    given(...mixed(parameters({ liquidation: { buffer: '1000', dust: '0' } })))
      .when(carol.bids('1', 'alice:1'))
      .then(
        happened('PositionOpened', { account: 'carol', instrument: 'ETH-PERP', quantity: '10' }),
        happened('PositionOpened', { account: 'carol', instrument: 'SOL-PERP', quantity: '-77' }),
        happened('LiquidationEnded', { reason: 'closed' }),
        alice.stands({ positions: [] }),
      ))

  it('may be on one of them, and leaves the other alone', () =>
    given(...mixed(parameters({ liquidation: { buffer: '1000', dust: '0' } })))
      .when(carol.bids('7 SOL-PERP', 'alice:1'))
      .then(
        happenedExactly('Liquidated', 'PositionOpened'),
        happened('PositionOpened', { account: 'carol', instrument: 'SOL-PERP', quantity: '-7' }),
      ))
})
