import { add, decimal, format } from '@novation/decimal'
import {
  accepted,
  after,
  alice,
  all,
  assetPrice,
  bob,
  bust,
  carol,
  expiry,
  given,
  goesOnFromAnywhere,
  happened,
  happenedExactly,
  list,
  listOption,
  marketAt,
  optionMarket,
  parameters,
  partsOf,
  passed,
  passTime,
  person,
  pool,
  price,
  rejected,
  type Step,
  settleExpiry,
  settleVariation,
  startLiquidation,
  trade,
  type Wish,
} from '../kit'
import type { Pool } from '../state/pool'

const future: Wish = list('BTC-30MAR', { kind: 'future', expiry, underlying: 'BTC' })

const [erin, frank] = [person('erin'), person('frank')]

/** Alice holds a call against a future and a put, of which bob and carol have the other sides. */
const held: Step = all(
  optionMarket,
  future,
  alice.holds('1000 USD'),
  bob.holds('1000 USD'),
  carol.holds('1000 USD'),
  price('BTC-30MAR', '101'),
  alice.buys('2 CALL at 7.6 from bob'),
  alice.buys('1 PUT at 3.1 from carol'),
  alice.sells('1 BTC-30MAR at 101 to carol'),
)

/** Prices of the underlying from 120 to 149, one each minute through the last half hour, up to the expiry itself. */
const toTheEnd: Step = all(
  after('1553400 s'),
  ...Array.from({ length: 30 }, (_, i) => all(assetPrice('BTC', String(120 + i)), after('60 s'))),
)
const settled: Wish = { type: 'SettleExpiry', data: { underlying: 'BTC', expiry }, actor: 'clock' }

const cashOf = (of: Pool, id: string) => of.accounts.get(id)?.balances.get('USD') ?? decimal('0')

describe('an expiry', () => {
  it('is fixed at what its underlying came to over the half hour before', () =>
    given(held)
      .when(toTheEnd, passTime)
      .then(happened('ExpiryFixed', { price: '134.5' })))

  it('is settled by the clock, all of it at once, and nothing is made or lost by it', () =>
    given(held, toTheEnd, passTime)
      .when(settled)
      .then(
        happenedExactly('ExpirySettled'),
        pool((now) => {
          const all = ['alice', 'bob', 'carol'].map((id) => cashOf(now, id)).reduce(add)
          expect(format(all)).toBe('3000')
          expect(
            [...now.instruments.values()]
              .filter(({ underlying }) => underlying === 'BTC')
              .map(({ settled }) => settled),
          ).toEqual([true, true, true])
        }),
      ))

  it('brings each what its positions come to: calls what is above the strike, puts nothing, a future the price', () =>
    given(held, toTheEnd, passTime)
      .when(settled)
      .then(
        happened('ExpirySettled', {
          positions: [
            { account: 'alice', instrument: 'BTC-30MAR', quantity: '-1', realised: '-33.5' },
            { account: 'alice', instrument: 'CALL', quantity: '2', realised: '53.8' },
            { account: 'alice', instrument: 'PUT', quantity: '1', realised: '-3.1' },
            { account: 'bob', instrument: 'CALL', quantity: '-2', realised: '-53.8' },
            { account: 'carol', instrument: 'BTC-30MAR', quantity: '1', realised: '33.5' },
            { account: 'carol', instrument: 'PUT', quantity: '-1', realised: '3.1' },
          ],
        }),
      ))

  it('of more positions than fit goes on in parts, from wherever it was interrupted', () =>
    given(partsOf(2, 1), held, toTheEnd, passTime)
      .when(settled)
      .then(
        happenedExactly('BulkStarted', 'ExpirySettled', 'ExpirySettled', 'ExpirySettled', 'BulkEnded'),
        goesOnFromAnywhere,
      ))

  it('is not settled before it is fixed', () =>
    given(held, passed('1555300 s')).when(settleExpiry()).then(rejected('not-fixed')))

  it('counts no time in which its underlying had no fresh price, also where prices may be older later', () =>
    given(
      held,
      after('1553400 s'),
      assetPrice('BTC', '120'),
      after('1200 s'),
      parameters({ priceTolerance_s: 600, wear_s: 3600 }),
      ...Array.from({ length: 3 }, () => all(assetPrice('BTC', '140'), after('600 s'))),
    )
      .when(passTime)
      .then(happened('ExpiryFixed', { price: '138.66666667' })))

  it('counts nothing from before its window where that has become shorter meanwhile', () =>
    given(
      held,
      after('1553400 s'),
      ...Array.from({ length: 2 }, () => all(assetPrice('BTC', '120'), after('60 s'))),
      parameters({ twap_s: 60, longest_s: 7200 }),
      after('1560 s'),
      assetPrice('BTC', '140'),
      after('120 s'),
    )
      .when(passTime)
      .then(happened('ExpiryFixed', { price: '140' })))

  it('is named by an operator where the underlying had no price for too long, near the last one', () =>
    given(held, passed('1561000 s'), parameters({ settlementBand: '0.05' }))
      .when(settleExpiry('104'))
      .then(accepted, happened('ExpiryFixed', { price: '104' })))

  it('counts nothing from after its window: where that has brought no price, none comes of itself before the market is dead', () =>
    given(
      held,
      after('1560700 s'),
      ...Array.from({ length: 20 }, () => all(assetPrice('BTC', '120'), after('100 s'))),
      assetPrice('BTC', '140'),
    )
      .when(passed('700000 s'))
      .then(happened('ExpiryFixed', { price: '140' })))

  it('is named no sooner than its window is over, and at once then', () => {
    given(held, passed('1560599 s')).when(settleExpiry('100')).then(rejected('not-fixed'))
    given(held, passed('1560600 s'))
      .when(settleExpiry('100'))
      .then(accepted, happened('ExpiryFixed', { price: '100' }))
  })

  it.each(['94.99', '105.01'])('is not named %s where the last price was 100 and the band is 0.05', (named) =>
    given(held, passed('1561000 s'), parameters({ settlementBand: '0.05' }))
      .when(settleExpiry(named))
      .then(rejected('beyond-band')),
  )

  it('ends the liquidation of whoever has nothing left that requires anything', () =>
    given(
      optionMarket,
      alice.holds('1000 USD'),
      bob.holds('76 USD'),
      alice.buys('2 CALL at 7.6 from bob'),
      after('1555100 s'),
      marketAt('130'),
      startLiquidation('bob'),
      passed('5900 s'),
    )
      .when(settleExpiry('130'))
      .then(
        happenedExactly('ExpiryFixed', 'ExpirySettled', 'LiquidationEnded'),
        happened('LiquidationEnded', { account: 'bob', reason: 'closed' }),
      ))

  it('pays an account what all of its series come to, rounded down once', () => {
    const halves = all(held, listOption('C2', '102 call'), alice.buys('1 C2 at 7 from bob'), passed('1561000 s'))
    given(halves)
      .when(settleExpiry('104.0025'))
      .then(
        happened('ExpirySettled'),
        pool((now) => {
          // Two calls by 4.0025, one by 2.0025 and a future sold at 101, less what they cost and the put: each alone ends within a cent.
          expect(format(cashOf(now, 'alice'))).toBe('981.7')
          expect(format(now.dust.balances.get('USD') ?? decimal('0'))).toBe('0.01')
        }),
      )
  })

  it('is settled at the last price of the underlying where nobody could tell for so long that the market is dead', () =>
    given(held)
      .when(passed('2200000 s'))
      .then(happened('ExpiryFixed', { price: '100' })))
})

describe('variation', () => {
  const moved = all(held, marketAt('120'), price('BTC-30MAR', '120'))

  it('is paid in cash for what positions have come to, which stay', () =>
    given(moved)
      .when(settleVariation())
      .then(
        happenedExactly('VariationSettled'),
        pool((now) => {
          const call = now.accounts.get('alice')?.positions.get('CALL')
          expect(format(call?.quantity ?? decimal('0'))).toBe('2')
        }),
      ))

  it('is no money that could be taken out before it has stood', () =>
    given(moved, settleVariation()).when(alice.withdraws('1000.5 USD')).then(rejected('not-matured')))

  it('is not due twice at the same marks', () =>
    given(moved, settleVariation()).when(settleVariation()).then(rejected('nothing-due')))

  it('of more positions than fit goes on in parts, from wherever it was interrupted', () =>
    given(partsOf(2, 1), moved)
      .when(settleVariation())
      .then(
        happenedExactly('BulkStarted', 'VariationSettled', 'VariationSettled', 'VariationSettled', 'BulkEnded'),
        goesOnFromAnywhere,
      ))

  const two = all(optionMarket, alice.holds('1000 USD'), bob.holds('1000 USD'), alice.buys('2 CALL at 7.6 from bob'))

  it('of just as many positions as fit is paid at once, and so is the expiry', () => {
    given(partsOf(2, 1), two).when(settleVariation()).then(happenedExactly('VariationSettled'))
    given(partsOf(2, 1), two, passed('1561000 s'))
      .when(settleExpiry('100'))
      .then(happenedExactly('ExpiryFixed', 'ExpirySettled'))
  })

  it('is given back with a trade that is busted: neither side keeps what that had come to meanwhile', () =>
    given(
      optionMarket,
      alice.holds('1000 USD'),
      bob.holds('1000 USD'),
      trade({ trade: 'T', instrument: 'CALL', buyer: 'alice', seller: 'bob', quantity: '2', price: '7.6' }),
      marketAt('120'),
      settleVariation(),
    )
      .when(bust('T'))
      .then(
        accepted,
        pool((now) => expect(['alice', 'bob'].map((id) => format(cashOf(now, id)))).toEqual(['1000', '1000'])),
      ))

  it('in parts names nobody of whose positions nothing has come', () =>
    given(
      partsOf(2, 1),
      held,
      erin.holds('1000 USD'),
      frank.holds('1000 USD'),
      erin.buys('1 CALL at 7.62465429 from frank'),
    )
      .when(settleVariation())
      .then(
        happened('BulkStarted', { accounts: 3 }),
        happenedExactly('BulkStarted', 'VariationSettled', 'VariationSettled', 'BulkEnded'),
        happened('BulkEnded', { accounts: 3 }),
      ))
})
