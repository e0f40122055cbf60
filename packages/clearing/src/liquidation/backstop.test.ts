import {
  accepted,
  after,
  alice,
  as,
  bid,
  deleverage,
  given,
  happened,
  happenedExactly,
  list,
  parameters,
  passed,
  person,
  pool,
  price,
  rejected,
  type Step,
  startLiquidation,
  ticking,
  tried,
  type Wish,
} from '../kit'
import type { Duty } from '../state/follow-up'

const backstop = person('backstop')

/** Equity 10 on a maintenance margin of 45.50: nothing but closing all of it restores the account. */
const breached = (...more: readonly (Step | Wish)[]) => [
  list('ETH-PERP', { lot: '0.1' }),
  parameters({ liquidation: { buffer: '1000', dust: '0' } }),
  alice.holds('100 USD'),
  alice.bought('10 ETH-PERP at 100 from bob'),
  ...more,
  price('ETH-PERP', '91'),
  startLiquidation('alice'),
]
const rich = backstop.holds('100000 USD')
const auctionOver = [ticking('35 min'), price('ETH-PERP', '91')]

const dutyIs = (duty: Duty | 'none') =>
  pool(({ standing }) =>
    expect(Object.entries(standing.duties).flatMap(([name, ids]) => (ids.has('alice') ? [name] : []))).toEqual(
      duty === 'none' ? ['call'] : ['call', duty],
    ),
  )

describe('at the end of the auction', () => {
  it('the backstop has the first turn', () => {
    const world = given(...breached(rich), ...auctionOver)
    world.then(dutyIs('backstop'))
    world.when(deleverage('alice:1')).then(rejected('backstop-first'))
    world
      .when(backstop.bids('1', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'PositionOpened', 'LiquidationEnded'),
        happened('Liquidated', { discount: '0', payment: '10', bidder: 'backstop' }),
      )
  })

  it('and not before', () =>
    given(...breached(rich))
      .when(deleverage('alice:1'))
      .then(rejected('nothing-due')))

  it('it takes what its margin bears, and deleveraging takes the rest', () => {
    const world = given(...breached(backstop.holds('50 USD')), ...auctionOver)
    // 10 at 91 need an initial margin of 91; half of it needs 45.50 of the 50 and 5 it has.
    world.when(backstop.bids('1', 'alice:1')).then(rejected('insufficient-margin'), dutyIs('deleverage'))
    world
      .when(backstop.bids('0.5', 'alice:1'))
      .then(accepted, happened('PositionOpened', { account: 'backstop', quantity: '5' }), dutyIs('deleverage'))
    world
      .when(backstop.bids('0.5', 'alice:1'), deleverage('alice:1'))
      .then(accepted, happened('Deleveraged', { counterparty: 'bob', quantity: '-5' }), alice.stands({ positions: [] }))
  })

  it('deleveraging is next at once where there is no backstop, or it has no capital', () => {
    given(...breached(), ...auctionOver).then(dutyIs('deleverage'))
    given(...breached(backstop.opens()), ...auctionOver).then(dutyIs('deleverage'))
    given(...breached(backstop.opens()), ...auctionOver)
      .when(deleverage('alice:1'))
      .then(accepted)
  })

  it('its turn does not come while nothing can be dealt in, and comes with the next tick', () => {
    const world = given(...breached(rich), ticking('34 min'), passed('36 min'))
    world.then(pool(({ standing }) => expect([...standing.duties.end]).toEqual(['alice'])))
    world.when(price('ETH-PERP', '91'), backstop.bids('1', 'alice:1')).then(accepted)
  })

  it('a backstop that is funded only now has its turn, and one that is emptied has not', () => {
    given(...breached(backstop.opens()), ...auctionOver)
      .when(backstop.deposits('1000 USD'))
      .then(dutyIs('backstop'))
    given(...breached(rich), ...auctionOver)
      .when(backstop.withdraws('100000 USD'))
      .then(dutyIs('deleverage'))
  })

  it('only its own bid can end its turn', () => {
    const world = given(...breached(backstop.holds('1 USD')), ...auctionOver)
    world.when(bid('alice:1', 'backstop', '1')).then(rejected('insufficient-margin'), dutyIs('backstop'))
    world.when(as('trader:backstop', bid('alice:1', 'backstop', '1'))).then(dutyIs('backstop'))
    world.when(backstop.bids('1', 'alice:1')).then(rejected('insufficient-margin'), dutyIs('deleverage'))
  })

  it('a stale price is no answer: its turn goes on', () =>
    given(...breached(rich), ...auctionOver, after('121 s'), tried(backstop.bids('1', 'alice:1')))
      .when(price('ETH-PERP', '91'))
      .then(dutyIs('backstop')))

  it('it does not stand for itself', () =>
    given(
      list('ETH-PERP'),
      backstop.holds('100 USD'),
      backstop.bought('10 ETH-PERP at 100 from bob'),
      price('ETH-PERP', '94'),
      startLiquidation('backstop'),
      ticking('35 min'),
      price('ETH-PERP', '94'),
    )
      .when(deleverage('backstop:1'))
      .then(accepted))
})
