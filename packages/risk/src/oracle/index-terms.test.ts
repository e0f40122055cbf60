import { checkSources, type IndexSources } from './index-terms'

const alike = (count: number, quorum: number): IndexSources => ({
  currency: 'USD',
  sources: Array.from({ length: count }, (_, i) => ({ source: `s${i + 1}`, weight: 1 })),
  quorum,
  conversions: new Map(),
})
/** Two venues in dollars, three in USDT, two in USDC: 9 in all. */
const mixed = (quorum: number, more: Partial<IndexSources> = {}): IndexSources => ({
  currency: 'USD',
  sources: [
    { source: 'a', weight: 2 },
    { source: 'b', weight: 2, currency: 'USD' },
    ...['c', 'd', 'e'].map((source) => ({ source, weight: 1, currency: 'USDT' })),
    ...['f', 'g'].map((source) => ({ source, weight: 1, currency: 'USDC' })),
  ],
  quorum,
  conversions: new Map(Object.entries({ USDT: 'USDT-USD', USDC: 'USDC-USD' })),
  ...more,
})

describe('the sources of an index', () => {
  it.each([
    ['seven alike', alike(7, 5)],
    ['three currencies', mixed(7)],
    ['all of them asked for', alike(7, 7)],
  ])('may be %s', (_, terms) => expect(checkSources(terms)).toBeUndefined())

  it.each([
    ['a quorum of half', alike(6, 3), 'a quorum of 3 is no more than half of the weight of all, 6'],
    ['a quorum above all', alike(5, 6), 'a quorum of 6 is more than the weight of all, 5'],
    [
      'a source that decides',
      { ...alike(3, 3), sources: [2, 1, 1].map((weight, i) => ({ source: `s${i + 1}`, weight })) },
      's1 weighs 2, half of the quorum of 3 or more: it would decide alone',
    ],
    ['one book alone', alike(1, 1), 's1 weighs 1, half of the quorum of 1 or more: it would decide alone'],
    [
      'a conversion that decides',
      mixed(6),
      'USDT-USD stands behind a weight of 3, half of the quorum of 6 or more: it would decide alone',
    ],
    [
      'two currencies behind one conversion that decides',
      mixed(9, { conversions: new Map(Object.entries({ USDT: 'T-USD', USDC: 'T-USD' })) }),
      'T-USD stands behind a weight of 5, half of the quorum of 9 or more: it would decide alone',
    ],
    [
      'a currency that nothing converts',
      mixed(7, { conversions: new Map(Object.entries({ USDT: 'USDT-USD' })) }),
      'sources quote in USDC, and nothing says what converts it to USD',
    ],
    [
      'a conversion of nothing',
      { ...alike(7, 5), conversions: new Map(Object.entries({ USDT: 'USDT-USD' })) },
      'USDT is converted, but no source quotes in it',
    ],
    [
      'a source twice',
      { ...alike(7, 5), sources: [...alike(7, 5).sources, { source: 's1', weight: 1, currency: 'EUR' }] },
      's1 is named twice',
    ],
  ])('are refused with %s', (_, terms, why) => expect(checkSources(terms)).toBe(why))
})
