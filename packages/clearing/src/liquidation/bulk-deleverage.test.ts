import { encodeEvent } from '@novation/events'
import {
  accepted,
  alice,
  deleverage,
  funding,
  given,
  goesOnFromAnywhere,
  happened,
  list,
  parameters,
  person,
  pool,
  price,
  startLiquidation,
  stated,
  ticking,
} from '../kit'
import { closesAtOnce } from '../state/bulk-size'

const crowd = (count: number) => Array.from({ length: count }, (_, i) => person(`w${String(i).padStart(3, '0')}`))
const winners = crowd(60)

/** Alice has one at 100 from each of so many, nobody bids, and what she owes is 6 for each when the auction is over. */
const nobodyBid = (others: readonly ReturnType<typeof person>[]) => [
  alice.holds(`${10 * others.length} USD`),
  ...others.flatMap((winner) => [winner.holds('100 USD'), winner.sold('1 BTC-PERP at 100 to alice')]),
  price('BTC-PERP', '84'),
  startLiquidation('alice'),
  ticking('36 min'),
  price('BTC-PERP', '84'),
]

describe('a deleveraging over more counterparties than fit in one append', () => {
  it('closes them in parts, and nothing else is decided in between', () =>
    given(...nobodyBid(winners))
      .when(deleverage('alice:1'))
      .then(
        accepted,
        ({ happened: events }) =>
          expect(events.map(({ type }) => type)).toEqual([
            'BulkStarted',
            ...winners.map(() => 'Deleveraged'),
            'LiquidationEnded',
            'BulkEnded',
          ]),
        ({ happened: events }) =>
          expect(events.flatMap(({ metadata }) => metadata.events ?? [])).toEqual([
            1,
            closesAtOnce,
            winners.length - closesAtOnce,
            2,
          ]),
        happened('BulkStarted', { what: 'deleveraging', accounts: 60, liquidation: 'alice:1' }),
        alice.stands({ positions: [], equity: '-360', collateral: { USD: '-360' } }),
        ...winners.map((winner) => winner.stands({ positions: [], equity: '116' })),
        pool(({ bulk, liquidations }) => expect([bulk, liquidations.size]).toEqual([undefined, 0])),
        stated({ inProgress: [], frozen: true }),
      ))

  it('fits in one append up to the last counterparty that does', () =>
    given(...nobodyBid(crowd(closesAtOnce)))
      .when(deleverage('alice:1'))
      .then(({ happened: events }) => expect(events.map(({ type }) => type)).not.toContain('BulkStarted')))

  it('goes on after a crash at any part as if there had been none', () =>
    given(...nobodyBid(winners))
      .when(deleverage('alice:1'))
      .then(goesOnFromAnywhere))

  it('and so does one in which everybody closes the same part, of several positions', () =>
    given(
      parameters({ waterfall: { deleveraging: 'pro-rata' } }),
      list('ETH-PERP'),
      alice.holds('300 USD'),
      ...winners
        .slice(0, 40)
        .flatMap((winner) => [winner.sold('1 ETH-PERP at 10 to alice'), winner.sold('1 BTC-PERP at 50 to alice')]),
      price('BTC-PERP', '40'),
      price('ETH-PERP', '5'),
      startLiquidation('alice'),
      ticking('36 min'),
      price('BTC-PERP', '40'),
      price('ETH-PERP', '5'),
    )
      .when(deleverage('alice:1'))
      .then(
        happened('BulkStarted', { what: 'deleveraging', accounts: 80 }),
        alice.stands({ positions: [] }),
        goesOnFromAnywhere,
      ))

  it('keeps each append within 1,000 postings and 512 KiB, also where everybody owes funding', () =>
    given(...nobodyBid(winners), funding('BTC-PERP', '0.000333333'), price('BTC-PERP', '84.005'))
      .when(deleverage('alice:1'))
      .then(({ happened: events }) => {
        const ends = events.flatMap(({ metadata }, i) => (metadata.events === undefined ? [] : [i + metadata.events]))
        const appends = ends.map((end, i) => events.slice(ends[i - 1] ?? 0, end))
        for (const append of appends) {
          expect(append.flatMap(({ postings }) => postings).length).toBeLessThanOrEqual(1000)
          expect(append.reduce((size, event) => size + encodeEvent(event).body.length, 0)).toBeLessThanOrEqual(
            512 * 1024,
          )
        }
        expect(Math.max(...appends.map((append) => append.flatMap(({ postings }) => postings).length))).toBeGreaterThan(
          700,
        )
      }))
})
