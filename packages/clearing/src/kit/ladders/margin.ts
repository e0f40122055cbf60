import { alice, bob, carol, dave, person } from '../people'
import { after, passed, ticking } from '../steps'
import {
  assetPrice,
  bid,
  callDebit,
  callMargin,
  closeCall,
  closeDebit,
  closeOut,
  deleverage,
  endLiquidation,
  fund,
  list,
  open,
  parameters,
  passTime,
  price,
  registerAsset,
  startLiquidation,
} from '../wishes'
import { type Step, tried, type Wish } from '../world'
import { type Ladder, rung } from './ladder'

const [single, closing, poor, backstop] = [person('single'), person('closing'), person('poor'), person('backstop')]

/** alice can lose 10 on 1 BTC-PERP that she bought at 100. */
const aliceInBtc = [alice.holds('10 USD'), alice.bought('1 BTC-PERP at 100 from bob')]

/** Somebody has lost 200 on coins worth 1000, and closed the position. */
const owingCash = (who: typeof alice): readonly (Step | Wish)[] => [
  tried(registerAsset('ETH', 2, { haircut: '0.1' })),
  assetPrice('ETH', '100'),
  price('BTC-PERP', '100'),
  who.holds('10 ETH'),
  who.bought('10 BTC-PERP at 100 from bob'),
  price('BTC-PERP', '80'),
  who.sells('10 BTC-PERP at 80 to bob'),
]

/** A bid of alice for herself, of any shape. */
const sized = (size: object): Wish => ({
  type: 'BidLiquidation',
  data: { liquidation: 'alice:1', bidder: 'alice', ...size },
})

/** A bid of a minute ago, and one that asks for more than anybody is paid. */
const greedy = (wish: Wish<'BidLiquidation'>): Wish => ({ ...wish, data: { ...wish.data, income: '2' } })
const timely = (wish: Wish<'BidLiquidation'>): Wish => ({
  ...wish,
  data: { ...wish.data, income: '2', until: '2020-03-12T10:01:00Z' },
})

export const marginLadders: readonly Ladder[] = [
  {
    command: 'CallMargin',
    given: [
      ...aliceInBtc,
      carol.holds('10 USD'),
      carol.bought('1 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '99'),
      callMargin('alice'),
    ],
    rungs: [
      rung('unknown-account', callMargin('nobody')),
      rung('nothing-due', callMargin('alice')),
      rung('not-breached', callMargin('bob')),
      rung('accepted', callMargin('carol')),
    ],
  },
  {
    command: 'CloseCall',
    given: [...aliceInBtc, price('BTC-PERP', '99'), callMargin('alice')],
    rungs: [
      rung('unknown-account', closeCall('nobody')),
      rung('nothing-due', closeCall('bob')),
      rung('nothing-due', closeCall('alice')),
      rung('accepted', closeCall('alice'), alice.deposits('1 USD')),
    ],
  },
  {
    // alice and carol each owe 200 in cash, and have 10 ETH beside; alice was called.
    command: 'CallDebit',
    given: [...owingCash(alice), ...owingCash(carol), callDebit('alice')],
    rungs: [
      rung('unknown-account', callDebit('nobody')),
      rung('nothing-due', callDebit('alice')),
      rung('not-breached', callDebit('bob')),
      rung('accepted', callDebit('carol')),
    ],
  },
  {
    command: 'CloseDebit',
    given: [...owingCash(alice), callDebit('alice')],
    rungs: [
      rung('unknown-account', closeDebit('nobody')),
      rung('nothing-due', closeDebit('bob')),
      rung('nothing-due', closeDebit('alice')),
      rung('accepted', closeDebit('alice'), alice.deposits('200 USD')),
    ],
  },
  {
    command: 'StartLiquidation',
    given: [
      ...aliceInBtc,
      carol.holds('10 USD'),
      carol.bought('1 BTC-PERP at 100 from bob'),
      open('dave'),
      price('BTC-PERP', '60'),
      startLiquidation('alice'),
      after('1 h'),
    ],
    rungs: [
      rung('unknown-account', startLiquidation('nobody')),
      rung('under-liquidation', startLiquidation('alice')),
      rung('stale-price', startLiquidation('carol')),
      rung('not-breached', startLiquidation('bob'), price('BTC-PERP', '60')),
      rung('not-breached', startLiquidation('dave')),
      rung('accepted', startLiquidation('carol')),
    ],
  },
  {
    command: 'EndLiquidation',
    given: [...aliceInBtc, price('BTC-PERP', '94'), startLiquidation('alice')],
    rungs: [
      rung('unknown-liquidation', endLiquidation('alice:2')),
      rung('nothing-due', endLiquidation('alice:1')),
      rung('accepted', endLiquidation('alice:1'), after('20 min')),
    ],
  },
  {
    command: 'Deleverage',
    given: [...aliceInBtc, backstop.holds('100 USD'), price('BTC-PERP', '94'), startLiquidation('alice'), after('1 h')],
    rungs: [
      rung('unknown-liquidation', deleverage('alice:2')),
      rung('nothing-due', deleverage('alice:1')),
      rung('stale-price', deleverage('alice:1'), ticking('35 min'), after('121 s')),
      rung('not-breached', deleverage('alice:1'), price('BTC-PERP', '100')),
      rung('backstop-first', deleverage('alice:1'), price('BTC-PERP', '94')),
      rung('accepted', deleverage('alice:1'), backstop.withdraws('100 USD')),
    ],
  },
  {
    command: 'BidLiquidation',
    // alice:1 began below zero; `single` is isolated in BTC-PERP and under liquidation, `closing` under liquidation only
    given: [
      list('ETH-PERP', { lot: '1' }),
      single.opens('isolated'),
      single.holds('10 USD'),
      closing.holds('10 USD'),
      poor.holds('1 USD'),
      alice.holds('10 USD'),
      single.bought('1 BTC-PERP at 100 from bob'),
      closing.bought('1 BTC-PERP at 100 from bob'),
      alice.bought('1 ETH-PERP at 100 from bob'),
      price('BTC-PERP', '94'),
      price('ETH-PERP', '85'),
      startLiquidation('single'),
      startLiquidation('closing'),
      startLiquidation('alice'),
      carol.holds('1000 USD'),
      passed('1 h'),
    ],
    rungs: [
      rung('unknown-account', bid('alice:2', 'nobody', '-0.5 XXX')),
      rung('unknown-instrument', bid('alice:2', 'alice', '-0.5 XXX')),
      rung('unknown-liquidation', bid('alice:2', 'alice', '-0.5 ETH-PERP')),
      rung('unknown-liquidation', bid('alice:2', 'alice', '2')),
      rung('bad-parameter', sized({ fraction: '2', instrument: 'ETH-PERP', quantity: '-0.5' })),
      rung('bad-parameter', sized({ fraction: '2', quantity: '-0.5' })),
      rung('bad-parameter', sized({ instrument: 'ETH-PERP' })),
      rung('bad-parameter', sized({})),
      rung('bad-parameter', bid('alice:1', 'alice', '2')),
      rung('not-positive', bid('alice:1', 'alice', '0')),
      rung('not-positive', bid('alice:1', 'alice', '-0.5 ETH-PERP')),
      rung('not-a-lot', bid('alice:1', 'alice', '0.5 ETH-PERP')),
      rung('self-trade', bid('alice:1', 'alice', '1 ETH-PERP')),
      rung('isolated-account', bid('alice:1', 'single', '1 ETH-PERP')),
      rung('under-liquidation', bid('alice:1', 'closing', '1 ETH-PERP')),
      rung('stale-price', bid('alice:1', 'poor', '1 ETH-PERP')),
      rung('not-breached', bid('alice:1', 'poor', '1 ETH-PERP'), price('ETH-PERP', '100')),
      rung('insufficient-margin', bid('alice:1', 'poor', '1 ETH-PERP'), price('ETH-PERP', '94')),
      rung('accepted', bid('alice:1', 'carol', '1 ETH-PERP')),
    ],
  },
  {
    command: 'BidLiquidation',
    given: [list('ETH-PERP'), ...aliceInBtc, price('BTC-PERP', '94'), startLiquidation('alice')],
    rungs: [
      rung('unknown-instrument', sized({ fraction: '2', instrument: 'ETH-PERP', quantity: '-0.5' })),
      rung('bad-parameter', sized({ fraction: '2', instrument: 'BTC-PERP', quantity: '-0.5' })),
      rung('not-positive', sized({ instrument: 'BTC-PERP', quantity: '-0.5' })),
      rung('self-trade', sized({ instrument: 'BTC-PERP', quantity: '0.5' })),
      rung('accepted', bid('alice:1', 'bob', '0.5 BTC-PERP')),
    ],
  },
  {
    // alice hedges ETH-PERP with her ETH, each 800, and has lost on BTC-PERP; carol is asked for less than she would be paid.
    command: 'BidLiquidation',
    given: [
      registerAsset('ETH', 2, { haircut: '0.1' }),
      assetPrice('ETH', '100'),
      list('ETH-PERP', { lot: '1', underlying: 'ETH' }),
      alice.holds('8 ETH', '250 USD'),
      alice.sold('8 ETH-PERP at 100 to bob'),
      alice.bought('20 BTC-PERP at 100 from bob'),
      carol.holds('100 USD'),
      dave.holds('1 USD'),
      price('BTC-PERP', '52'),
      startLiquidation('alice'),
      after('121 s'),
    ],
    rungs: [
      rung('unknown-asset', timely(bid('alice:2', 'alice', '0.001 of XXX'))),
      rung('unknown-asset', timely(bid('alice:1', 'alice', '0.001 of USD'))),
      rung('too-many-places', timely(bid('alice:1', 'alice', '0.001 of ETH'))),
      rung('not-positive', timely(bid('alice:1', 'alice', '0 of ETH'))),
      rung('self-trade', timely(bid('alice:1', 'alice', '1 of ETH'))),
      rung('too-late', timely(bid('alice:1', 'dave', '1 of ETH'))),
      rung('stale-price', greedy(bid('alice:1', 'dave', '1 of ETH'))),
      rung(
        'not-breached',
        greedy(bid('alice:1', 'dave', '1 of ETH')),
        assetPrice('ETH', '100'),
        price('ETH-PERP', '100'),
        price('BTC-PERP', '100'),
      ),
      rung('not-reducing', greedy(bid('alice:1', 'dave', '1 of ETH')), price('BTC-PERP', '52')),
      rung('beyond-limit', greedy(bid('alice:1', 'dave', '1 BTC-PERP'))),
      rung('insufficient-margin', bid('alice:1', 'dave', '1 BTC-PERP')),
      rung('accepted', bid('alice:1', 'carol', '1 BTC-PERP')),
    ],
  },
  {
    command: 'CloseOut',
    given: [
      registerAsset('ETH', 2, { haircut: '0.1' }),
      assetPrice('ETH', '100'),
      alice.holds('10 ETH'),
      alice.bought('10 BTC-PERP at 100 from bob'),
      backstop.holds('100 USD'),
      parameters({ wear_s: 100_000 }),
      price('BTC-PERP', '5'),
      startLiquidation('alice'),
    ],
    rungs: [
      rung('unknown-liquidation', closeOut('alice:2')),
      rung('nothing-due', closeOut('alice:1')),
      rung('nothing-due', closeOut('alice:1'), ticking('35 min')),
      rung('stale-price', closeOut('alice:1'), alice.sells('10 BTC-PERP at 5 to bob'), after('121 s')),
      rung('not-breached', closeOut('alice:1'), assetPrice('ETH', '106')),
      rung('backstop-first', closeOut('alice:1'), assetPrice('ETH', '100')),
      rung('accepted', closeOut('alice:1'), backstop.withdraws('100 USD')),
    ],
  },
  {
    command: 'PassTime',
    given: [...aliceInBtc, parameters({ callPeriod_s: 60 }), price('BTC-PERP', '99'), callMargin('alice')],
    rungs: [rung('nothing-due', passTime), rung('accepted', passTime, after('60 s'))],
  },
  {
    command: 'CoverLoss',
    // alice owes 100 with no position left and nobody has a profit that has not stood; carol's liquidation is open still
    given: [
      list('ETH-PERP'),
      alice.holds('100 USD'),
      bob.holds('100 USD'),
      dave.holds('600 USD'),
      carol.holds('10 USD'),
      dave.bought('10 BTC-PERP at 100 from bob'),
      carol.bought('1 ETH-PERP at 100 from dave'),
      price('BTC-PERP', '50'),
      dave.sold('10 BTC-PERP at 50 to bob'),
      after('1 d'),
      alice.bought('10 BTC-PERP at 50 from dave'),
      price('BTC-PERP', '30'),
      startLiquidation('alice'),
      ticking('600 s'),
      price('ETH-PERP', '85'),
      price('BTC-PERP', '30'),
      startLiquidation('carol'),
      deleverage('alice:1'),
    ],
    rungs: [
      rung('nothing-due', { type: 'CoverLoss', data: {} }),
      rung('nothing-to-cover', { type: 'CoverLoss', data: {} }, carol.deposits('100 USD')),
      rung('accepted', { type: 'CoverLoss', data: {} }, fund('10 USD')),
    ],
  },
]
