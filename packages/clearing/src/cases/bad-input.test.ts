import {
  accepted,
  after,
  alice,
  assetParameters,
  assetPrice,
  bid,
  bob,
  bust,
  carol,
  dave,
  delist,
  deposit,
  everybodyActs,
  funding,
  given,
  happened,
  lastingPrices,
  list,
  minutes,
  parameters,
  passed,
  price,
  registerAsset,
  rejected,
  type Step,
  setState,
  settle,
  startLiquidation,
  stated,
  ticking,
  trade,
  type Wish,
} from '../kit'
import type { RejectionCode } from '../rejections'

type Asked = readonly [string, readonly (Step | Wish)[], Wish, RejectionCode, string]

/** What was asked is turned away, in these words. */
const turnsAway = (_: string, before: readonly (Step | Wish)[], wish: Wish, code: RejectionCode, words: string) =>
  given(...before)
    .when(wish)
    .then(rejected(code), happened('CommandRejected', { reason: expect.stringContaining(words) }))

const eth = [registerAsset('ETH', 4, { haircut: '0.1' }), assetPrice('ETH', '100')]
const traded = [alice.holds('1000 USD'), bob.holds('1000 USD'), alice.bought('1 BTC-PERP at 100 from bob')]
const dealt = [
  ...traded,
  trade({ trade: 'T', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '100' }),
]

const terms: readonly Asked[] = [
  ['a gap of nothing', [], list('X', { gap: '0' }), 'bad-parameter', 'a gap is above 0 and at most 1, not 0'],
  ['a gap above 1', [], list('X', { gap: '1.01' }), 'bad-parameter', 'a gap is above 0 and at most 1, not 1.01'],
  [
    'a price that is never fresh',
    [],
    parameters({ priceTolerance_s: 0 }),
    'bad-parameter',
    'priceTolerance_s must be above zero',
  ],
  [
    'a price that is worn out before it is old',
    [],
    parameters({ priceTolerance_s: 120, wear_s: 119 }),
    'bad-parameter',
    'wear_s must not be below priceTolerance_s',
  ],
  [
    'a share of size above 1',
    [],
    parameters({ size: { share: '1.1' } }),
    'bad-parameter',
    'size.share must not be above 1',
  ],
  [
    'a share of coins above 1',
    [],
    parameters({ waterfall: { coinShare: '1.1' } }),
    'bad-parameter',
    'coinShare must not be above 1',
  ],
  [
    'a coin’s own share above 1',
    eth,
    assetParameters('ETH', { coinShare: '1.1' }),
    'bad-parameter',
    'coinShare must lie within 0 and 1',
  ],
  [
    'an underlying that is neither asset nor instrument',
    [],
    list('X', { underlying: 'NOTHING' }),
    'unknown-asset',
    'NOTHING',
  ],
  ['prices below zero without a floor for margin', [], list('X', { signed: true }), 'bad-parameter', 'marginFloor'],
  [
    'a cap finer than the asset',
    [],
    registerAsset('SOL', 2, { cap: '1.001' }),
    'bad-parameter',
    'the cap 1.001 is finer than the 2 decimal places of the asset',
  ],
  [
    'the same, set later',
    eth,
    assetParameters('ETH', { cap: '0.00001' }),
    'bad-parameter',
    'the cap 0.00001 is finer than the 4 decimal places of the asset',
  ],
  [
    'a cap below zero',
    eth,
    assetParameters('ETH', { cap: '-1' }),
    'bad-parameter',
    'a cap must not be below zero, as -1 is',
  ],
]

const ends: readonly Asked[] = [
  ['a trade a second time', [...dealt, bust('T')], bust('T'), 'unknown-trade', 'T'],
  ['a trade of too long ago', [lastingPrices, ...dealt, after('3601 s')], bust('T'), 'too-late', 'T'],
  ['a trade that nobody knows', dealt, bust('U'), 'unknown-trade', 'U'],
  [
    'a market that ends without notice',
    [...traded, parameters({ notice_s: 86_400 })],
    delist('BTC-PERP', '2020-03-13T09:59:59Z'),
    'bad-parameter',
    '86400',
  ],
  ['a settlement before its day', traded, settle('BTC-PERP', '100'), 'not-expired', 'BTC-PERP'],
  [
    'a settlement far from the last price',
    [parameters({ settlementBand: '0.05' }), ...traded, passed('1 h')],
    settle('BTC-PERP', '106'),
    'beyond-band',
    '106',
  ],
  [
    'funding that is paid again too soon',
    [...traded, parameters({ funding: { cap: '0.005', interval_s: 3600 } }), funding('BTC-PERP', '0.001')],
    funding('BTC-PERP', '0.001'),
    'too-soon',
    'BTC-PERP pays funding again from 2020-03-12T11:00:00.000Z on',
  ],
  [
    'funding that is too large',
    [...traded, parameters({ funding: { cap: '0.005', interval_s: 3600 } })],
    funding('BTC-PERP', '0.0051'),
    'beyond-band',
    '0.005',
  ],
]

/** Alice, of ann, has ten coins and ten contracts that have lost most of what those are worth; carol bids for her. */
const sold = [
  ...eth,
  list('OLD-PERP', { lot: '0.1', margin: { model: 'tiered', tiers: [{ initial: '0.6', maintenance: '0.5' }] } }),
  parameters({ liquidation: { buffer: '1000', dust: '0', fee: '0' } }),
  { type: 'OpenAccount', data: { account: 'alice', owner: 'ann' } },
  { type: 'OpenAccount', data: { account: 'hers', owner: 'ann' } },
  deposit('hers', '5000 USD'),
  alice.holds('10 ETH'),
  alice.bought('10 OLD-PERP at 100 from bob'),
  carol.holds('5000 USD'),
  price('OLD-PERP', '18'),
  startLiquidation('alice'),
] satisfies readonly (Step | Wish)[]

/** Carol is paid the 180 that it is worth for taking all of it over, late, and has bought ten coins for a thousand. */
const bought = [...sold, ticking('36 min'), carol.bids('1', 'alice:1')]

const bids: readonly Asked[] = [
  [
    'a bid for coins by who has no cash',
    [...sold, dave.holds('50 ETH')],
    bid('alice:1', 'dave', '5 of ETH'),
    'insufficient-margin',
    'cash',
  ],
  ['a bid of the same owner under another account', sold, bid('alice:1', 'hers', '1'), 'self-trade', 'both are of ann'],
  [
    'a bid in a halt',
    [...sold, setState('OLD-PERP', 'halted')],
    bid('alice:1', 'carol', '1 OLD-PERP'),
    'stale-price',
    'open market',
  ],
]

describe('turned away, and told why, is', () => {
  it.each(terms)('%s', turnsAway)
  it.each(ends)('%s', turnsAway)
  it.each(bids)('%s', turnsAway)

  it('a deposit beyond a cap, and what comes after the cap was lowered below what is in', () => {
    turnsAway(
      '',
      [...eth, assetParameters('ETH', { cap: '5' }), alice.opens()],
      alice.deposits('5.0001 ETH'),
      'over-cap',
      'ETH',
    )
    turnsAway(
      '',
      [...eth, alice.holds('5 ETH'), assetParameters('ETH', { cap: '1' })],
      alice.deposits('0.0001 ETH'),
      'over-cap',
      'ETH',
    )
  })

  it('a fresh profit that is taken out by way of a coin that was bought with it', () => {
    turnsAway(
      '',
      [...bought, carol.withdraws('10 ETH')],
      carol.withdraws('4000.01 USD'),
      'not-matured',
      'which has not stood yet',
    )
    // Of the 5000 that she paid in she has made 4000 and ten coins: in each she takes out what is paid in, and 180 stay.
    turnsAway('', bought, carol.withdraws('4180 USD'), 'not-matured', 'which has not stood yet')
    given(...bought, carol.withdraws('10 ETH'))
      .when(carol.withdraws('4000 USD'))
      .then(accepted)
  })
})

describe('a coin that nobody asked for', () => {
  it('sent to who is bankrupt changes nothing: he is sold, and his loss is paid', () =>
    given(
      registerAsset('DUST', 0),
      alice.holds('100 USD'),
      bob.holds('1000 USD'),
      carol.opens(),
      alice.bought('10 BTC-PERP at 100 from bob'),
      price('BTC-PERP', '80'),
      everybodyActs,
    )
      .when(alice.deposits('1 DUST'), ...minutes(12, price('BTC-PERP', '80')))
      .then(
        happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'deleveraged' }),
        happened('LossSocialized', { loss: '100', uncovered: '0' }),
        stated({ open: [] }),
      ))
})
