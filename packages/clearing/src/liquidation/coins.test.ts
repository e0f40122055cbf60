import { format, zero } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  assetPrice,
  bid,
  bob,
  callDebit,
  carol,
  closeOut,
  coverLoss,
  dave,
  everybodyActs,
  fund,
  given,
  happened,
  happenedExactly,
  list,
  minutes,
  parameters,
  person,
  pool,
  price,
  registerAsset,
  rejected,
  type Step,
  startLiquidation,
  ticking,
  tried,
  type Wish,
} from '../kit'

const backstop = person('backstop')
const eth = [registerAsset('ETH', 4, { haircut: '0.1' }), assetPrice('ETH', '100')]
const all = parameters({ liquidation: { buffer: '1000', dust: '0' } })

/** Ten contracts at 100 on ten ETH of 100 each and no cash: at 18 the position has lost 820, and 90 + 100 are required. */
const onCoins = (...more: readonly (Step | Wish)[]) => [
  ...eth,
  list('BTC-PERP-2', { lot: '0.1', margin: { model: 'tiered', tiers: [{ initial: '0.6', maintenance: '0.5' }] } }),
  alice.holds('10 ETH'),
  alice.bought('10 BTC-PERP-2 at 100 from bob'),
  carol.holds('100000 USD'),
  ...more,
  price('BTC-PERP-2', '18'),
  startLiquidation('alice'),
]

describe('coins of an account under liquidation', () => {
  it('are sold with its positions, each at its price, and paid for in cash', () =>
    given(...onCoins(all))
      .when(carol.bids('0.5', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'CollateralSold', 'PositionOpened'),
        happened('CollateralSold', {
          account: 'alice',
          bidder: 'carol',
          asset: 'ETH',
          quantity: '5',
          price: '100',
          paid: '500',
        }),
        happened('PositionOpened', { account: 'carol', quantity: '5' }),
        carol.stands({ collateral: expect.objectContaining({ ETH: '5' }) }),
        alice.stands({ collateral: expect.objectContaining({ ETH: '5' }) }),
      ))

  it('may be bid for alone, and are rounded up in cash', () =>
    given(...onCoins(all), assetPrice('ETH', '99.999'))
      .when(carol.bids('0.0001 of ETH', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'CollateralSold'),
        happened('Liquidated', { closed: [] }),
        happened('CollateralSold', { quantity: '0.0001', paid: '0.01' }),
      ))

  it('are no more sold than restores the account, largest requirement first', () => {
    const once = given(...onCoins(parameters({ liquidation: { dust: '0' } })))
    // Of 180 with the buffer 209 are wanted; the coins require 100, the position 90.
    once.when(carol.bids('1', 'alice:1')).then(
      accepted,
      happened('LiquidationEnded', { reason: 'restored' }),
      pool(({ accounts }) => {
        const held = accounts.get('alice')
        expect(held?.balances.has('ETH') && held.positions.has('BTC-PERP-2')).toBe(true)
      }),
    )
  })

  it('cannot be bought by who has no cash for them, whatever else that is worth', () =>
    given(...onCoins(all), dave.holds('1000 ETH', '490 USD'))
      .when(bid('alice:1', 'dave', '5 of ETH'))
      .then(rejected('insufficient-margin')))

  it('count to the settlement asset of nobody: who bids for cash is told that there is none to be had', () => {
    given(...onCoins(all), dave.holds('1 USD'))
      .when(bid('alice:1', 'dave', '1 of USD'))
      .then(rejected('unknown-asset'))
    given(...onCoins(all), dave.holds('1 USD'))
      .when(bid('alice:1', 'dave', '1 of XYZ'))
      .then(rejected('unknown-asset'))
  })

  it('that come later are as old as the oldest of what is for sale: an auction that was nearly over stays so', () => {
    const late = [ticking('30 min'), registerAsset('SOL', 2, { haircut: '0.5' }), assetPrice('SOL', '10')]
    given(...onCoins(parameters({ liquidation: { buffer: '1000', dust: '0' } })), ...late)
      .when(alice.deposits('1 SOL'))
      .then(
        pool(({ accounts, assets, at }) => {
          const clock = accounts.get('alice')?.liquidation?.clocks.find(({ id }) => id === 'SOL')
          expect(assets.get('SOL')?.price?.cameAt).toBe(at)
          expect(clock).toMatchObject({ from: -30 * 60_000, below_ms: 0 })
        }),
      )
  })

  it('do not end an auction by being sold out where positions are left, nor by being left', () => {
    const sold = given(...onCoins(all))
    sold.when(carol.bids('10 of ETH', 'alice:1')).then(happenedExactly('Liquidated', 'CollateralSold'))
    sold.when(carol.bids('10 BTC-PERP-2', 'alice:1')).then(happenedExactly('Liquidated', 'PositionOpened'))
  })
})

describe('a bid', () => {
  it('is refused where it brings less than it asks for, per notional', () => {
    const world = given(...onCoins(all), ticking('5 min'))
    const asking = (income: string): Wish => {
      const wish = bid('alice:1', 'carol', '0.5')
      return { ...wish, data: { ...wish.data, income } }
    }
    world.when(asking('0.05')).then(rejected('beyond-limit'))
    world.when(asking('0.02')).then(accepted)
    world.when(asking('-1')).then(accepted)
  })

  it('is refused after the time until which it was good', () => {
    const until = (time: string): Wish => {
      const wish = bid('alice:1', 'carol', '0.5')
      return { ...wish, data: { ...wish.data, until: time } }
    }
    const world = given(...onCoins(all), ticking('5 min'))
    world.when(until('2020-03-12T10:04:59.999Z')).then(rejected('too-late'))
    world.when(until('2020-03-12T10:05:00.000Z')).then(accepted)
  })
})

describe('coins that are sold for a debit', () => {
  it('are sold as far as pays it, and no more for the little that is left: that is dust of a breach alone', () =>
    given(
      parameters({ liquidation: { dust: '1000' } }),
      ...eth,
      list('ETH-PERP'),
      bob.holds('2000 USD'),
      carol.holds('100000 USD'),
      alice.holds('10 ETH'),
      alice.bought('1 ETH-PERP at 5000 from bob'),
      price('ETH-PERP', '4500'),
      alice.sells('1 ETH-PERP at 4500 to bob'),
      callDebit('alice'),
      ...minutes(61, assetPrice('ETH', '100')),
      everybodyActs,
    )
      .when(carol.bids('1', 'alice:1'))
      .then(
        accepted,
        happened('CollateralSold', { asset: 'ETH' }),
        pool((now) => expect(format(now.accounts.get('alice')?.balances.get('ETH') ?? zero)).toBe('4.9362')),
      ))
})

describe('a leg of a hedge', () => {
  /** alice is short what her ETH would be worth, and lost on something else. */
  const hedged = [
    ...eth,
    list('ETH-PERP', { lot: '0.1', underlying: 'ETH' }),
    alice.holds('10 ETH', '50 USD'),
    alice.sold('8 ETH-PERP at 100 to bob'),
    alice.bought('20 BTC-PERP at 100 from bob'),
    carol.holds('100000 USD'),
    all,
    price('BTC-PERP', '55'),
    startLiquidation('alice'),
  ]

  it('cannot be bid for alone, but for what of it is no hedge', () => {
    const world = given(...hedged)
    world.when(carol.bids('8 ETH-PERP', 'alice:1')).then(rejected('not-reducing'))
    world.when(carol.bids('10 of ETH', 'alice:1')).then(accepted, happened('CollateralSold', { quantity: '2' }))
    world.when(carol.bids('10 of ETH', 'alice:1'), carol.bids('1 of ETH', 'alice:1')).then(rejected('not-reducing'))
  })

  it('goes with the others in a bid for everything', () =>
    given(...hedged)
      .when(carol.bids('1', 'alice:1'))
      .then(
        happened('PositionOpened', { account: 'carol', instrument: 'ETH-PERP', quantity: '-8' }),
        happened('CollateralSold', { quantity: '9.992' }),
        happened('LiquidationEnded', { reason: 'restored' }),
      ))
})

describe('coins that nobody buys', () => {
  /** Flat, and 950 are owed against ten ETH of 100 each, of which 900 counted. */
  const owing = (...more: readonly (Step | Wish)[]) => [
    ...eth,
    alice.holds('10 ETH'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    price('BTC-PERP', '5'),
    alice.sells('10 BTC-PERP at 5 to bob'),
    ...more,
  ]

  it('are put up though no position is left: a debt is not left standing beside them', () =>
    given(...owing())
      .when(startLiquidation('alice'))
      .then(accepted, happened('LiquidationStarted', { equity: '50', maintenanceMargin: '100', positions: [] })))

  it('are offered to the end, then to the backstop, and then the auction is closed out', () => {
    const world = given(...owing(backstop.holds('20 USD')), startLiquidation('alice'), ticking('35 min'))
    world.when(closeOut('alice:1')).then(rejected('backstop-first'))
    world.when(bid('alice:1', 'backstop', '1'), closeOut('alice:1')).then(rejected('backstop-first'))
    const had = given(
      ...owing(backstop.holds('20 USD')),
      startLiquidation('alice'),
      ticking('35 min'),
      tried(backstop.bids('1', 'alice:1')),
    )
    had.when(closeOut('alice:1')).then(accepted, happened('LiquidationEnded', { reason: 'closed-out' }))
  })

  it('wait for the waterfall, and go on sale anew once it was asked', () => {
    const offered = given(...owing(), startLiquidation('alice'), ticking('35 min'), closeOut('alice:1'))
    offered.when(startLiquidation('alice')).then(rejected('not-breached'))
    offered.then(pool(({ standing }) => expect([...standing.duties.owing]).toEqual(['alice'])))
    offered.when(coverLoss).then(rejected('nothing-to-cover'))
    offered
      .when(tried(coverLoss, startLiquidation('alice')), after('1 ms'), startLiquidation('alice'))
      .then(happened('LiquidationStarted', { liquidation: 'alice:2' }))
  })

  it('are not waited for where they are dust of no price', () =>
    given(...owing(fund('1000 USD')), registerAsset('JUNK', 0), alice.deposits('1 JUNK'))
      .when(startLiquidation('alice'), everybodyActs, ticking('36 min'), everybodyActs)
      .then(happened('LiquidationEnded', { reason: 'closed-out' })))

  it('are the backstop’s to take in cash', () =>
    given(...owing(backstop.holds('1000 USD'), bob.holds('1 USD')), startLiquidation('alice'), ticking('35 min'))
      .when(backstop.bids('1', 'alice:1'))
      .then(
        accepted,
        happened('CollateralSold', { bidder: 'backstop', quantity: '10', paid: '1000' }),
        happened('LiquidationEnded', { reason: 'closed' }),
        alice.stands({ equity: '0' }),
      ))
})
