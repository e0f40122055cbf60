import { toNumber, zero } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  assetPrice,
  bid,
  bob,
  callDebit,
  carol,
  closeDebit,
  everybodyActs,
  given,
  happened,
  list,
  minutes,
  parameters,
  passTime,
  pool,
  price,
  registerAsset,
  rejected,
  type Step,
  startLiquidation,
  stated,
  type Wish,
} from '../kit'

const lots = list('ETH-PERP', { lot: '0.001' })
const ethAt = (value: string) => assetPrice('ETH', value)

/** alice has lost 500 in cash to bob on 20 ETH of 100 each. */
const owing = (...more: readonly (Step | Wish)[]) => [
  lots,
  registerAsset('ETH', 4, { haircut: '0.1' }),
  ethAt('100'),
  bob.holds('2000 USD'),
  alice.holds('20 ETH'),
  alice.bought('1 ETH-PERP at 5000 from bob'),
  price('ETH-PERP', '4500'),
  alice.sells('1 ETH-PERP at 4500 to bob'),
  carol.holds('100000 USD'),
  ...more,
]

describe('cash that is owed, with coins beside', () => {
  it('is called for at once, and after an hour coins are sold for it, no more than bring it in', () =>
    given(...owing())
      .when(everybodyActs, ...minutes(61, ethAt('100')), bid('alice:1', 'carol', '1'))
      .then(
        happened('DebitCalled', { account: 'alice', amount: '500', deadline: '2020-03-12T11:00:00.000Z' }),
        happened('LiquidationStarted', { liquidation: 'alice:1', cause: 'debit', equity: '1500' }),
        happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'restored' }),
        pool(({ accounts }) => {
          const cash = toNumber(accounts.get('alice')?.balances.get('USD') ?? zero)
          expect(cash).toBeGreaterThanOrEqual(0)
          expect(cash).toBeLessThan(0.05)
        }),
      ))

  it('is met when it comes in, and goes on where it is made again within the hour', () => {
    const met = given(...owing(callDebit('alice')), after('50 min'), ethAt('100'), alice.deposits('500 USD'))
    met.when(closeDebit('alice')).then(
      accepted,
      happened('DebitMet', { account: 'alice' }),
      pool(({ accounts }) => expect(accounts.get('alice')?.debit).toBeUndefined()),
    )
    met.when(closeDebit('alice'), alice.withdraws('500 USD'), callDebit('alice')).then(rejected('not-breached'))
    const again = [
      alice.bought('1 ETH-PERP at 4500 from bob'),
      price('ETH-PERP', '4400'),
      alice.sells('1 ETH-PERP at 4400 to bob'),
    ]
    const usable = minutes(50, ethAt('100'))
    const rolled = given(...owing(callDebit('alice')), ...usable, alice.deposits('500 USD'))
    rolled
      .when(closeDebit('alice'), after('30 min'), ethAt('100'), ...again, callDebit('alice'))
      .then(happened('DebitCalled', { amount: '100', deadline: '2020-03-12T11:30:00.000Z' }))
    rolled
      .when(closeDebit('alice'), after('61 min'), ethAt('100'), ...again, callDebit('alice'))
      .then(happened('DebitCalled', { amount: '100', deadline: '2020-03-12T12:51:00.000Z' }))
  })

  it('is no matter below what the pool lets stand, nor where there are no coins', () => {
    given(...owing(parameters({ debit: '500' })))
      .when(callDebit('alice'))
      .then(rejected('not-breached'))
    given(...owing(parameters({ debit: '499.99' })))
      .when(callDebit('alice'))
      .then(accepted)
    given(...owing())
      .when(callDebit('bob'))
      .then(rejected('not-breached'))
  })

  it('puts nobody up before its time, nor for another cause', () => {
    const called = given(...owing(callDebit('alice')))
    called.when(startLiquidation('alice', 'debit')).then(rejected('not-breached'))
    called.when(startLiquidation('alice', 'call')).then(rejected('not-breached'))
    called.when(...minutes(59, ethAt('100')), startLiquidation('alice', 'debit')).then(rejected('not-breached'))
    called
      .when(...minutes(60, ethAt('100')), passTime, startLiquidation('alice', 'debit'))
      .then(happened('LiquidationStarted', {}))
  })
})

describe('a margin call that was missed', () => {
  const called = (...more: readonly Wish[]) => [
    lots,
    ...more,
    alice.holds('600 USD'),
    bob.holds('2000 USD'),
    alice.bought('1 ETH-PERP at 5000 from bob'),
    carol.holds('100000 USD'),
  ]

  it('is recorded, and no more, where the pool says so', () =>
    given(...called())
      .when(...minutes(62, price('ETH-PERP', '4800')))
      .then(
        happened('MarginCallMissed', { account: 'alice' }),
        stated({ open: [{ what: 'margin-call', id: 'alice' }] }),
      ))

  it('has positions sold until initial margin is covered, where the pool reduces', () =>
    given(...called(parameters({ missedCall: 'reduce' })))
      .when(...minutes(62, price('ETH-PERP', '4800')), bid('alice:1', 'carol', '1'))
      .then(
        happened('LiquidationStarted', { liquidation: 'alice:1', cause: 'call' }),
        happened('LiquidationEnded', { liquidation: 'alice:1', reason: 'restored' }),
        alice.stands({ status: 'healthy' }),
        pool(({ accounts }) => expect(accounts.get('alice')?.positions.size).toBe(1)),
      ))

  it('before the pool reduces stays recorded, and no more: nobody is sold for what had no such end', () => {
    const missed = given(...called(), ...minutes(62, price('ETH-PERP', '4800')), parameters({ missedCall: 'reduce' }))
    missed.when(...minutes(5, price('ETH-PERP', '4800'))).then(stated({ open: [{ what: 'margin-call', id: 'alice' }] }))
    // One that is met, made again and missed since is another.
    missed
      .when(...minutes(61, price('ETH-PERP', '5000')), ...minutes(62, price('ETH-PERP', '4800')))
      .then(happened('LiquidationStarted', { account: 'alice', cause: 'call' }))
  })

  it('while the pool reduced is not followed by a sale once it only records', () =>
    given(...called(parameters({ missedCall: 'reduce' })), ...minutes(59, price('ETH-PERP', '4800')))
      .when(parameters({ missedCall: 'record' }), ...minutes(5, price('ETH-PERP', '4800')))
      .then(
        happened('MarginCallMissed', { account: 'alice' }),
        stated({ open: [{ what: 'margin-call', id: 'alice' }] }),
      ))

  it('goes on where it is broken again soon after it was met', () =>
    given(...called(parameters({ missedCall: 'reduce' })))
      .when(
        ...minutes(40, price('ETH-PERP', '4800')),
        ...minutes(5, price('ETH-PERP', '5000')),
        ...minutes(21, price('ETH-PERP', '4800')),
      )
      .then(happened('MarginCallMet', { account: 'alice' }), happened('LiquidationStarted', { cause: 'call' })))
})
