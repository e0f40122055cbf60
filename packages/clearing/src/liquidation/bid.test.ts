import { format, sum, zero } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  bid,
  bob,
  carol,
  dave,
  given,
  happened,
  happenedExactly,
  list,
  moved,
  nothingHappened,
  open,
  parameters,
  person,
  pool,
  price,
  rejected,
  type Step,
  startLiquidation,
  ticking,
  type Wish,
} from '../kit'
import { healthOf } from '../state/health'

const erin = person('erin')

/** Lots of a tenth, so that what a bid may close can be worked out by hand. */
const lotted = list('ETH-PERP', { lot: '0.1' })

/** Ten contracts at 100 on a hundred, and the mark at 94: equity 40, maintenance margin 47, buffer 51.70. */
const breached = [
  lotted,
  alice.holds('100 USD'),
  alice.bought('10 ETH-PERP at 100 from bob'),
  carol.holds('100000 USD'),
  dave.holds('100000 USD'),
  price('ETH-PERP', '94'),
  startLiquidation('alice'),
]

/** The same at 91: equity 10, maintenance margin 45.50, so that no part of it restores the account. */
const deep = (...more: readonly (Wish | Step)[]) => [
  lotted,
  parameters({ liquidation: { buffer: '1000', dust: '0' } }),
  alice.holds('100 USD'),
  alice.bought('10 ETH-PERP at 100 from bob'),
  carol.holds('100000 USD'),
  ...more,
  price('ETH-PERP', '91'),
  startLiquidation('alice'),
]

const later = (time: string) => ticking(time)

describe('a bid on a solvent account', () => {
  it('takes over at the mark, pays the bidder a share of the value and the fund its charge', () =>
    given(...breached)
      .when(carol.bids('1 ETH-PERP', 'alice:1'))
      .then(
        accepted,
        happenedExactly('Liquidated', 'PositionOpened'),
        // x = 1/10, v = 40, d = 0.98: floor(0.08) to carol, min(ceil(0.47), floor(3.92)) to the fund, min(1 + 0.094, 0.47) of it to her.
        happened('Liquidated', {
          payment: '0.08',
          charge: '0.47',
          reward: '0.47',
          keptShare: '0.087452471482889733',
          discount: '0.98',
        }),
        happened('PositionOpened', { account: 'carol', quantity: '1', price: '94' }),
        moved({
          'trader/alice/ETH-PERP ETH-PERP': '-1',
          'trader/alice/ETH-PERP USD': '100',
          'trader/alice USD': '-6.55',
          'trader/carol/ETH-PERP ETH-PERP': '1',
          'trader/carol/ETH-PERP USD': '-94',
          'trader/carol USD': '0.55',
        }),
        alice.stands({ equity: '39.45' }),
      ))

  it('is cut to what restores the buffer, and not a lot more', () => {
    const world = given(...breached)
    for (const size of ['1', '0.26', '10 ETH-PERP', '2.6 ETH-PERP', '777 ETH-PERP'])
      world
        .when(carol.bids(size, 'alice:1'))
        .then(
          accepted,
          happened('PositionOpened', { account: 'carol', quantity: '2.6' }),
          happened('LiquidationEnded', { reason: 'restored', equity: '38.57', maintenanceMargin: '34.78' }),
        )
    // One lot less does not restore it.
    world
      .when(carol.bids('2.5 ETH-PERP', 'alice:1'))
      .then(accepted, happenedExactly('Liquidated', 'PositionOpened'), alice.stands({ equity: '38.62' }))
  })

  it('leaves the account more the earlier it comes', () => {
    const at = (time: string, discount: string, payment: string) =>
      given(...deep(), later(time))
        .when(carol.bids('1', 'alice:1'))
        .then(accepted, happened('Liquidated', { discount, payment }), alice.stands({ positions: [] }))
    at('0 s', '0.98', '0.2')
    at('150 s', '0.84', '1.6')
    at('300 s', '0.7', '3')
    at('1200 s', '0.35', '6.5')
    at('2099 s', '0.000388888888888888', '9.99')
    at('2100 s', '0', '10')
  })

  it('pays no better split in two: what the first fill kept for the account is not auctioned again', () => {
    const world = given(...deep(), later('300 s'))
    const cash = (...bids: readonly Wish[]) => {
      let sum = 0
      world.when(...bids).then(({ happened: events }) => {
        for (const { type, data } of events)
          if (type === 'Liquidated') sum += Number((data as { payment: string }).payment)
      })
      return sum
    }
    const once = cash(carol.bids('8 ETH-PERP', 'alice:1'))
    const twice = cash(carol.bids('4 ETH-PERP', 'alice:1'), carol.bids('4 ETH-PERP', 'alice:1'))
    const often = cash(...Array.from({ length: 8 }, () => carol.bids('1 ETH-PERP', 'alice:1')))
    expect(once).toBe(2.4)
    expect(twice).toBeLessThanOrEqual(once)
    expect(often).toBeLessThanOrEqual(once)
    expect(often).toBeGreaterThan(once - 0.1)
  })

  it('closes all of what would otherwise leave dust', () =>
    given(parameters({ liquidation: { dust: '1000' } }), ...breached)
      .when(carol.bids('1', 'alice:1'))
      .then(
        happened('PositionOpened', { quantity: '10' }),
        happened('LiquidationEnded', { reason: 'closed' }),
        alice.stands({ positions: [] }),
      ))

  it('rewards the keeper out of the charge, never with more than it', () => {
    const at = (keeperTip: string, keeperShare: string, reward: string) =>
      given(parameters({ liquidation: { keeperTip, keeperShare } }), ...breached)
        .when(carol.bids('2 ETH-PERP', 'alice:1'))
        .then(happened('Liquidated', { charge: '0.94', reward }))
    at('0', '0', '0')
    at('0', '0.2', '0.18')
    at('0.5', '0.2', '0.68')
    at('0.5', '0.5', '0.94')
    at('1', '1', '0.94')
  })

  it('takes all of the value once the auction is over', () =>
    given(...deep(), ticking('36 min'), price('ETH-PERP', '91'))
      .when(carol.bids('1', 'alice:1'))
      .then(happened('Liquidated', { discount: '0', payment: '10', charge: '0', reward: '0' })))

  it('never pays for liquidating oneself through another account', () => {
    // Alice owns erin. Together they are worth no more after erin has bid than before, at any time of the auction.
    const together = (time: string) =>
      given(...deep(erin.holds('5000 USD')), later(time))
        .when(erin.bids('1', 'alice:1'))
        .then(
          accepted,
          pool((now) => {
            const worth = ['alice', 'erin'].map((id) => {
              const account = now.accounts.get(id)
              return account === undefined ? zero : healthOf(now, account).equity
            })
            expect(Number(format(sum(worth)))).toBeLessThanOrEqual(5010)
          }),
        )
    for (const time of ['0 s', '300 s', '1000 s', '2099 s']) together(time)
  })
})

describe('a bid is refused', () => {
  it('where the account stands at its buffer; back at maintenance margin only, it is sold on as at the start', () => {
    given(...breached, price('ETH-PERP', '95.25'))
      .when(carol.bids('1', 'alice:1'))
      .then(rejected('not-breached'))
    given(...breached, ticking('5 min'), price('ETH-PERP', '94.8'))
      .when(carol.bids('1', 'alice:1'))
      .then(
        accepted,
        happened('Liquidated', { discount: '0.98' }),
        happened('LiquidationEnded', { reason: 'restored' }),
      )
  })

  it('where the bidder would not be healthy afterwards: it must bear the initial margin', () => {
    const poor = (cash: string) => given(...deep(erin.holds(cash))).when(erin.bids('5 ETH-PERP', 'alice:1'))
    // 5 at 91 need 45.50; the bid itself brings 0.10, and min(1 + 0.2 * 2.28, 2.28) out of the charge.
    poor('43.95 USD').then(accepted)
    poor('43.94 USD').then(rejected('insufficient-margin'))
  })

  it('on a stale price of what is bid for, and not of what else the bidder holds', () => {
    given(...breached, after('121 s'))
      .when(carol.bids('1', 'alice:1'))
      .then(rejected('stale-price'))
    given(list('SOL-PERP'), carol.bought('1 SOL-PERP at 10 from bob'), after('100 s'), ...breached, after('100 s'))
      .when(carol.bids('1', 'alice:1'))
      .then(accepted)
  })

  it('from an account that is being liquidated itself', () =>
    given(
      erin.holds('100 USD'),
      lotted,
      erin.bought('10 ETH-PERP at 100 from bob'),
      alice.holds('100 USD'),
      alice.bought('10 ETH-PERP at 100 from bob'),
      price('ETH-PERP', '94'),
      startLiquidation('alice'),
      startLiquidation('erin'),
    )
      .when(erin.bids('0.01', 'alice:1'))
      .then(rejected('under-liquidation')))

  it('from an isolated account that would hold a second instrument', () =>
    given(...breached, open('erin', 'isolated'), erin.holds('1000 USD'), erin.bought('1 BTC-PERP at 50 from bob'))
      .when(erin.bids('1', 'alice:1'))
      .then(rejected('isolated-account')))

  it('for nothing, for more than everything, for a part of a lot, and on what is not held', () => {
    const world = given(...breached)
    world.when(bid('alice:1', 'carol', '0')).then(rejected('not-positive'))
    world.when(bid('alice:1', 'carol', '1.01')).then(rejected('bad-parameter'))
    world.when(bid('alice:1', 'carol', '0 ETH-PERP')).then(rejected('not-positive'))
    world.when(bid('alice:1', 'carol', '0.15 ETH-PERP')).then(rejected('not-a-lot'))
    world.when(bid('alice:1', 'carol', '1 BTC-PERP')).then(rejected('unknown-instrument'))
    world.when(bid('alice:2', 'carol', '1')).then(rejected('unknown-liquidation'))
    world.when(bid('alice:1', 'nobody', '1')).then(rejected('unknown-account'))
  })

  it('by its own account', () =>
    given(...breached)
      .when(alice.bids('1', 'alice:1'))
      .then(rejected('self-trade')))

  it('and then nothing has happened to anybody', () =>
    given(...breached, bob.holds('1 USD'))
      .when({ ...carol.bids('1', 'alice:1'), actor: 'keeper:dave' })
      .then(nothingHappened))
})
