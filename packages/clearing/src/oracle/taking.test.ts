import { formatTime, type Quote, type UnsignedQuote } from '@novation/events'
import { alike, type CourseIndex, from } from '@novation/risk/kit'
import { accepted, given, happened, list, pool, refused, type Step, type Wish } from '../kit'
import { asAnna, atTime, carried, quote, said, setIndex, withSources } from '../kit/oracle'
import { begin } from '../kit/world'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const eth: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7) }
const btc: CourseIndex = { ...eth, index: 'BTC-USD' }

/** The same again under another name. */
const also = (index: string, of: CourseIndex): Step => {
  const wish = setIndex(of)
  return asAnna({ ...wish, data: { ...wish.data, index } })
}

const begun: readonly (Step | Wish)[] = [withSources(...seven), asAnna(setIndex(eth))]
const at = (ms: number): Step => atTime(begin + ms)
const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))

const of = (source: string, more: Partial<UnsignedQuote> = {}): UnsignedQuote => ({
  source,
  base: 'ETH',
  currency: 'USD',
  at: formatTime(begin),
  price: '200',
  ...more,
})
const quotedAt = (source: string, ms: number): Quote => quote(of(source, { at: formatTime(begin + ms) }))

const taken = (...sources: readonly string[]) =>
  happened('QuotesTaken', { taken: sources.map((source) => expect.objectContaining({ source })) })
const ignored = (source: string, why: 'late' | 'future' | 'suspended' | 'unproven') =>
  happened('QuotesTaken', { ignored: [{ source, base: 'ETH', why }] })

describe('a quote', () => {
  it('is late where it is older than the index that waits for longest lets it be, and not where it is just so old', () => {
    const patient = also('ETH-SLOW', { ...eth, freshness_ms: 60_000 })
    const old = (ms: number) =>
      given(...begun, at(60_000)).when(carried(quotedAt('s1', 60_000 - ms), quotedAt('s2', 60_000)))
    old(30_000).then(taken('s1', 's2'))
    old(30_001).then(taken('s2'), ignored('s1', 'late'))
    given(...begun, patient, at(60_000))
      .when(carried(quotedAt('s1', 0)))
      .then(taken('s1'))
  })

  it('is from the future where it is further ahead than the pool tolerates, and not where it is just so far', () => {
    const ahead = (ms: number) => given(...begun).when(carried(quotedAt('s1', ms), quotedAt('s2', 0)))
    ahead(5000).then(taken('s1', 's2'))
    ahead(5001).then(taken('s2'), ignored('s1', 'future'))
  })

  it('is the same truth where its confidence is written otherwise, and another where its confidence is another', () => {
    const sure = [...begun, carried(quote(of('s1', { confidence: '0.5' })))]
    given(...sure)
      .when(carried(quote(of('s1', { confidence: '0.50' }))))
      .then(refused('no-news'))
    given(...sure)
      .when(carried(quote(of('s1', { confidence: '0.6' }))))
      .then(happened('SourceEquivocated', { source: 's1' }))
  })

  it('of a second truth suspends nobody where its source has not signed it', () =>
    given(...begun, all('200'))
      .when(carried(quote(of('s1', { price: '201' }), 's2'), quotedAt('s2', 1)))
      .then(
        ignored('s1', 'unproven'),
        pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.suspended).toEqual([])),
      ))

  it('of one who is suspended counts for an index that was set since', () => {
    const fallen = [...begun, all('200'), carried(quote(of('s1', { price: '201' })))]
    given(...fallen, at(1000))
      .when(carried(quotedAt('s1', 1000), quotedAt('s2', 1000)))
      .then(ignored('s1', 'suspended'))
    given(...fallen, also('ETH-NEW', eth), at(1000))
      .when(carried(quotedAt('s1', 1000)))
      .then(
        taken('s1'),
        pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.suspended).toEqual(['s1'])),
      )
  })

  it('in the currency of before counts no more once its source quotes in another', () => {
    const tether = setIndex({ index: 'USDT-USD', quorum: 5, sources: alike(7) })
    const mixed = { ...eth, sources: from('s1*1/USDT s2*1 s3*1 s4*1 s5*1 s6*1 s7*1') }
    const prices = seven.map((source) => quote(of(source, source === 's1' ? { currency: 'USDT' } : {})))
    given(
      withSources(...seven),
      asAnna(tether),
      asAnna(setIndex({ ...mixed, conversions: { USDT: 'USDT-USD' } })),
      said('USDT/USD', ...seven.map(() => '1')),
      carried(...prices),
      asAnna(setIndex(eth)),
      at(1000),
    )
      .when(carried(quotedAt('s2', 1000)))
      .then(happened('IndexTicked', { sources: ['s2', 's3', 's4', 's5', 's6', 's7'] }))
  })
})

describe('who has signed two truths', () => {
  it('is believed in nothing, whatever they were of', () =>
    given(...begun, asAnna(setIndex(btc)), all('200'))
      .when(carried(quote(of('s1', { price: '201' }))))
      .then(
        pool(({ oracle }) =>
          expect(['ETH-USD', 'BTC-USD'].map((id) => oracle?.indices.get(id)?.suspended)).toEqual([['s1'], ['s1']]),
        ),
      ))
})

describe('an index that is set anew', () => {
  it('keeps what is held: another set of terms confirms nothing', () =>
    given(...begun, all('200'), at(1000), all('300'), asAnna(setIndex({ ...eth, places: 3 })))
      .when()
      .then(
        pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.held).toMatchObject({ observedAt: begin + 1000 })),
      ))

  it('counts in full again who was counted half', () => {
    const hourly = [
      withSources(...seven),
      asAnna(setIndex({ ...eth, epoch_ms: 1000 })),
      said('ETH/USD', '200', '200', '200', '200', '200', '200', '206'),
      at(1000),
      all('200'),
    ]
    const halvedAfter = (...more: readonly Step[]) => {
      const { oracle } = given(...hourly, ...more).world.pool
      return oracle?.indices.get('ETH-USD')?.halved
    }
    expect(halvedAfter()).toEqual(['s7'])
    expect(halvedAfter(asAnna(setIndex({ ...eth, epoch_ms: 1000 })))).toEqual([])
  })
})

describe('an epoch that is over', () => {
  /** s1 and s2 were off in the first second. */
  const scored = [
    withSources(...seven),
    asAnna(setIndex({ ...eth, epoch_ms: 1000, freshness_ms: 1500 })),
    said('ETH/USD', '206', '206', '200', '200', '200', '200', '200'),
    at(1000),
  ]

  it('is scored before the first round of the next, which counts half who was off', () =>
    given(...scored)
      .when(said('ETH/USD', '200', '200', '200', '200', '201', '201', '201'))
      .then(
        happened('SourcesScored', { halved: ['s1', 's2'] }),
        // Four to three in full; three to three with two of them by half.
        happened('IndexTicked', { price: '200.5' }),
      ))

  it('ends halves where nobody ticked in it, for nobody was off', () =>
    given(...scored, at(1600), said('ETH/USD', '200'), at(9000))
      .when(all('200'))
      .then(happened('SourcesScored', { halved: [] })))
})

describe('what names an index', () => {
  it('is told how far off its price may be', () =>
    given(...begun, asAnna(list('ETH-PERP', { index: 'ETH-USD' })))
      .when(carried(...seven.map((source) => quote(of(source, { confidence: '1.25' })))))
      .then(accepted, happened('PriceTick', { instrument: 'ETH-PERP', confidence: '1.25' })))

  it('is decided after what it follows, whatever the two are called, where one carrier brings both', () => {
    const tether = setIndex({ index: 'USDT-USD', quorum: 5, sources: alike(7) })
    const mixed = { ...eth, sources: from('s1*1/USDT s2*1/USDT s3*1 s4*1 s5*1 s6*1 s7*1'), quorum: 6 }
    const prices = seven.map((source) =>
      quote(of(source, source === 's1' || source === 's2' ? { currency: 'USDT', price: '400' } : {})),
    )
    const tethers = seven.map((source) => quote(of(source, { base: 'USDT', price: '0.5' })))
    given(withSources(...seven), asAnna(tether), asAnna(setIndex({ ...mixed, conversions: { USDT: 'USDT-USD' } })))
      .when(carried(...prices, ...tethers))
      .then(happened('IndexTicked', { index: 'ETH-USD', price: '200', sources: seven }))
  })
})
