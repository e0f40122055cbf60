import { alike, type CourseIndex, from } from '@novation/risk/kit'
import {
  accepted,
  given,
  givenNothing,
  happened,
  list,
  pool,
  registerAsset,
  rejected,
  type Step,
  type Wish,
} from '../kit'
import { adopted } from '../kit/identity'
import { asAnna, atTime, carried, quote, said, setIndex, withSources } from '../kit/oracle'
import { begin } from '../kit/world'

const btc: CourseIndex = { index: 'BTC-USD', quorum: 5, sources: alike(7) }
const usdt: CourseIndex = { index: 'USDT-USD', quorum: 3, sources: alike(5) }
const mixed = 'a*2 b*2 c*1/USDT d*1/USDT e*1/USDT f*1 g*1'

const setting = (index: CourseIndex, more: object = {}): Step => {
  const wish = setIndex(index)
  return asAnna({ ...wish, data: { ...wish.data, ...more } })
}

/** A signed pool in which two indices are set. */
const begun: readonly (Step | Wish)[] = [
  withSources('s1', 's2', 's3', 's4', 's5', 's6', 's7'),
  setting(usdt),
  setting(btc),
]

describe('an index', () => {
  it('says all that it is made of, with what was left out', () =>
    given(adopted)
      .when(setting(btc))
      .then(
        accepted,
        happened('IndexSet', {
          terms: {
            index: 'BTC-USD',
            base: 'BTC',
            currency: 'USD',
            places: 2,
            sources: alike(7) as never,
            quorum: 5,
            conversions: {},
            freshness_ms: 30_000,
            tolerance_ms: 60_000,
            deviation: '0.05',
            confirm_ms: 3000,
            confirmMost_ms: 300_000,
            conversionSpread: '0.01',
            slow_ms: 15_000,
            off: '0.005',
            offSpreads: '5',
            offShare: '0.01',
            epoch_ms: 3_600_000,
          },
        }),
      ))

  it('is not set in an open pool, where nobody could prove a quote', () =>
    givenNothing().when(setIndex(btc)).then(rejected('not-adopted')))

  const refusals: readonly (readonly [string, Step, string])[] = [
    [
      'a quorum of half',
      setting({ ...btc, index: 'X-USD', sources: alike(6), quorum: 3 }),
      'a quorum of 3 is no more than half of the weight of all, 6',
    ],
    [
      'a quorum above all',
      setting({ ...btc, index: 'X-USD', quorum: 8 }),
      'a quorum of 8 is more than the weight of all, 7',
    ],
    [
      'a source that decides',
      setting({ ...btc, index: 'X-USD', sources: from('a*2 b*1 c*1'), quorum: 4 }),
      'a weighs 2, half of the quorum of 4 or more: it would decide alone',
    ],
    [
      'a conversion that decides',
      setting({ ...btc, index: 'X-USD', sources: from(mixed), quorum: 6, conversions: { USDT: 'USDT-USD' } }),
      'USDT-USD stands behind a weight of 3, half of the quorum of 6 or more: it would decide alone',
    ],
    [
      'a source twice',
      setting({ ...btc, index: 'X-USD', sources: [...alike(6), { source: 's1', weight: 1 }] }),
      's1 is named twice',
    ],
    [
      'a currency that nothing converts',
      setting({ ...btc, index: 'X-USD', sources: from(mixed), quorum: 7 }),
      'sources quote in USDT, and nothing says what converts it to USD',
    ],
    [
      'a conversion of another currency',
      setting({ ...btc, index: 'X-USD', sources: from(mixed), quorum: 7, conversions: { USDT: 'BTC-USD' } }),
      'BTC-USD is the price of BTC in USD: it does not convert USDT to USD',
    ],
    [
      'a conversion into another currency',
      setting({
        ...btc,
        index: 'X-EUR',
        sources: from('a*2 b*2 c*1/USDT d*1/USDT e*1/USDT f*1 g*1'),
        quorum: 7,
        conversions: { USDT: 'USDT-USD' },
      }),
      'USDT-USD is the price of USDT in USD: it does not convert USDT to EUR',
    ],
    [
      'a circle of one',
      setting({ ...usdt, band: { index: 'USDT-USD', low: '1', high: '2' } }),
      'USDT-USD would follow itself, through USDT-USD',
    ],
    [
      'a band about another currency',
      setting({ ...btc, index: 'X-EUR', band: { index: 'BTC-USD', low: '1', high: '2' } }),
      'BTC-USD is in USD: what is in EUR has no band about it',
    ],
    [
      'a band that ends before it begins',
      setting({ ...btc, index: 'X-USD', band: { index: 'BTC-USD', low: '2', high: '1' } }),
      'a band begins above zero and ends above that, not from 2 to 1',
    ],
    ['another base than before', setting(btc, { base: 'ETH' }), 'BTC-USD is the price of BTC in USD, and stays that'],
    ['a price of itself', setting({ ...btc, index: 'USD-USD' }), 'the price of USD in itself is always 1'],
    [
      'a source in a second currency',
      setting({ index: 'BTC-EUR', quorum: 5, sources: alike(7) }),
      's1 quotes BTC in USD for BTC-USD: it cannot quote it in EUR as well',
    ],
    ['no deviation', setting({ ...btc, deviation: '0' }), 'deviation is above 0 and at most 1, not 0'],
    [
      'a tolerance within a second',
      setting({ ...btc, tolerance_ms: 1500 }),
      'tolerance_ms is in whole seconds, in whose steps a price wears, not 1500',
    ],
    ...(['freshness_ms', 'tolerance_ms', 'confirm_ms', 'slow_ms', 'epoch_ms'] as const).map(
      (name): readonly [string, Step, string] => [
        `no ${name}`,
        setting({ ...btc, [name]: 0 }),
        `${name} must be above zero`,
      ],
    ),
    [
      'a longest time below the first',
      setting({ ...btc, confirmMost_ms: 2999 }),
      'confirmMost_ms must not be below confirm_ms',
    ],
    ['a share above one', setting({ ...btc, offShare: '1.1' }), 'offShare is from 0 to 1, not 1.1'],
  ]
  it.each(refusals)('is refused with %s', (_, step, reason) =>
    given(...begun)
      .when(step)
      .then(rejected('bad-parameter'), happened('CommandRejected', { reason })),
  )

  it('is refused where it would follow itself through another', () =>
    given(
      ...begun,
      setting({ ...usdt, index: 'ETH-USD', sources: alike(5), band: { index: 'BTC-USD', low: '0.01', high: '1' } }),
    )
      .when(setting({ ...btc, band: { index: 'ETH-USD', low: '1', high: '100' } }))
      .then(
        rejected('bad-parameter'),
        happened('CommandRejected', { reason: 'BTC-USD would follow itself, through ETH-USD' }),
      ))

  it('is refused where it would follow itself through two others', () => {
    const following = (index: string, other: string): Step =>
      setting({ index, quorum: 3, sources: alike(5), band: { index: other, low: '0.01', high: '100' } })
    given(...begun, following('ETH-USD', 'BTC-USD'), following('SOL-USD', 'ETH-USD'))
      .when(setting({ ...btc, band: { index: 'SOL-USD', low: '0.01', high: '100' } }))
      .then(happened('CommandRejected', { reason: 'BTC-USD would follow itself, through SOL-USD' }))
  })

  it('may name a currency like a word of the language: it is converted by what is said, and nothing else', () =>
    given(...begun)
      .when(
        setting({
          ...btc,
          index: 'X-USD',
          sources: from('a*2 b*2 c*1/constructor d*1/constructor e*1/constructor f*1 g*1'),
          quorum: 7,
        }),
      )
      .then(rejected('bad-parameter')))

  it('set anew keeps its price and the quotes of who stays, and ends suspensions', () => {
    const other = quote({ source: 's7', base: 'BTC', currency: 'USD', at: '2020-03-12T10:00:00.000Z', price: '101' })
    given(
      ...begun,
      said('BTC/USD', '100', '100', '100', '100', '100', '100', '100'),
      atTime(begin + 1000),
      carried(other),
    )
      .when(setting({ ...btc, sources: alike(8), quorum: 5 }), atTime(begin + 2000), said('BTC/USD', '100.5'))
      .then(
        accepted,
        happened('IndexTicked', { price: '100', sources: ['s1', 's2', 's3', 's4', 's5', 's6', 's7'] }),
        pool(({ oracle }) => expect(oracle?.indices.get('BTC-USD')?.suspended).toEqual([])),
      )
  })
})

describe('what names an index', () => {
  it.each([
    ['an instrument', list('X', { index: 'NO-USD' })],
    ['an asset', registerAsset('X', 8, { index: 'NO-USD' })],
  ])('must name one that is set: %s', (_, wish) =>
    given(...begun)
      .when(asAnna(wish))
      .then(rejected('unknown-index')),
  )

  it.each([
    ['an instrument', list('X', { index: 'ETH-EUR' })],
    ['an asset', registerAsset('X', 8, { index: 'ETH-EUR' })],
    ['the settlement asset', registerAsset('X', 8, { index: 'BTC-USD', settlement: true })],
  ])('has its price in what the pool settles in: %s', (_, wish) =>
    given(...begun, setting({ ...btc, index: 'ETH-EUR' }))
      .when(asAnna(wish))
      .then(rejected('bad-parameter')),
  )
})
