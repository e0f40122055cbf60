import { format } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  assetPrice,
  bob,
  carol,
  dave,
  everybodyActs,
  given,
  happened,
  lastingPrices,
  list,
  minutes,
  person,
  pool,
  price,
  registerAsset,
  rejected,
  type Step,
  stated,
  ticking,
  tried,
  type Wish,
} from '../kit'

const erin = person('erin')
const eth = [registerAsset('ETH', 4, { haircut: '0.2' }), assetPrice('ETH', '100')]

/** Alice and bob have each made 200 of the 400 that dave has lost, of which he had 110: 290 are owed, and nothing is there but what they have made. */
const won = [
  lastingPrices,
  ...eth,
  alice.holds('200 USD'),
  bob.holds('200 USD'),
  carol.holds('10000 USD'),
  dave.holds('110 USD'),
  alice.bought('5 BTC-PERP at 100 from dave'),
  bob.bought('5 BTC-PERP at 100 from dave'),
  price('BTC-PERP', '140'),
  alice.sells('5 BTC-PERP at 140 to carol'),
  bob.sells('5 BTC-PERP at 140 to carol'),
]
const aDefault = minutes(40, price('BTC-PERP', '140'))
const given145 = happened('LossSocialized', {
  loss: '290',
  taken: [
    { account: 'alice', instrument: 'BTC-PERP', amount: '145' },
    { account: 'bob', instrument: 'BTC-PERP', amount: '145' },
  ],
  uncovered: '0',
})

describe('who has just made what another lost', () => {
  it('gives of it, as everybody does', () =>
    given(...won)
      .when(...aDefault)
      .then(given145))

  it('cannot bring a coin, take the cash, and leave only what is paid in, which nobody reaches', () => {
    given(...won, alice.deposits('4 ETH'))
      .when(alice.withdraws('400 USD'))
      .then(rejected('not-matured', 'beside what was paid in'))
    // What she had paid in she may take, and then gives what all do.
    given(...won, alice.deposits('4 ETH'), alice.withdraws('200 USD'))
      .when(...aDefault)
      .then(given145)
  })

  it('may take it once it has stood, whatever else is paid in', () =>
    given(...won, ...aDefault, alice.deposits('4 ETH'), after('1 d'))
      .when(alice.withdraws('255 USD'))
      .then(accepted))
})

describe('a coin that is sold', () => {
  const principal = (of: string, expected: Readonly<Record<string, string>>) =>
    pool(({ accounts }) =>
      expect(
        Object.fromEntries([...(accounts.get(of)?.principal ?? [])].map(([id, amount]) => [id, format(amount)])),
      ).toEqual(expected),
    )
  /** Alice owes 100 in cash beside coins that are worth 1000, and nobody has taken any for an hour. */
  const owing = [
    ...eth,
    carol.holds('5000 USD'),
    alice.holds('10 ETH', '0.01 USD'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    price('BTC-PERP', '90'),
    alice.sells('10 BTC-PERP at 90 to bob'),
    everybodyActs,
    ticking('61 min'),
    everybodyActs,
  ]

  it('was paid in as cash by who sells, and as a coin by who buys', () =>
    given(...owing)
      .when(carol.bids('1', 'alice:1'))
      .then(
        accepted,
        happened('CollateralSold', { quantity: '1.009', paid: '100.9' }),
        principal('alice', { ETH: '8.991', USD: '100.91' }),
        principal('carol', { ETH: '1.009', USD: '4899.1' }),
      ))

  it('leaves no principal behind that grows with its price, and would keep what is made then from others', () =>
    given(...owing, carol.bids('1', 'alice:1'), assetPrice('ETH', '1000')).then(alice.stands({ principal: '9091.91' })))
})

describe('unrealised profit', () => {
  /** Alice has 600 of it, has lost 300 in cash long ago, and has coins for 1000. */
  const owing = [
    lastingPrices,
    registerAsset('COIN', 2, { haircut: '0.2' }),
    assetPrice('COIN', '10'),
    list('ETH-PERP'),
    price('ETH-PERP', '100'),
    alice.holds('100 COIN'),
    alice.bought('10 BTC-PERP at 100 from bob'),
    alice.buys('10 ETH-PERP at 100 from bob'),
    price('ETH-PERP', '70'),
    alice.sells('10 ETH-PERP at 70 to bob'),
    price('BTC-PERP', '160'),
    after('2 d'),
  ]

  it('is not taken out by way of coins that stand behind a debt in cash', () => {
    given(...owing)
      .when(alice.withdraws('100 COIN'))
      .then(rejected('not-matured', 'or not realised'))
    given(...owing)
      .when(alice.withdraws('70 COIN'))
      .then(accepted)
  })
})

describe('in a frozen pool, of which dave lacks 1015 to his margin', () => {
  const frozen = [
    lastingPrices,
    list('ETH-PERP'),
    price('ETH-PERP', '100'),
    alice.holds('1000 USD'),
    bob.holds('500 USD'),
    carol.holds('500 USD'),
    erin.holds('600 USD'),
    dave.holds('60 USD'),
    dave.sold('5 BTC-PERP at 100 to erin'),
    price('BTC-PERP', '300'),
  ]
  /** What alice loses to bob, a tenth of what is traded at a time, until her margin forbids it. */
  const handed: readonly (Step | Wish)[] = Array.from({ length: 6 }, () => [
    alice.buys('5 ETH-PERP at 104.9 from bob'),
    alice.sells('5 ETH-PERP at 95.1 to bob'),
  ]).flat()
  const most = bob.withdraws('359.02 USD')
  const more = bob.withdraws('359.03 USD')

  it('somebody takes out all but the part that stays', () => {
    given(...frozen)
      .when(most)
      .then(accepted, stated({ heldBack: '0.281945' }))
    given(...frozen)
      .when(more)
      .then(rejected('held-back'))
  })

  it('and no more where another, who has taken hers, has lost to him what was to stay of it', () => {
    const after_ = [...frozen, alice.withdraws('718.05 USD'), tried(...handed)]
    given(...after_).then(bob.stands({ equity: '745' }))
    given(...after_)
      .when(most)
      .then(accepted)
    given(...after_)
      .when(more)
      .then(rejected('held-back'))
  })
})
