import { format } from '@novation/decimal'
import { formatTime, type Quote } from '@novation/events'
import { alike, type CourseIndex, from } from '@novation/risk/kit'
import {
  accepted,
  deposit,
  type Expectation,
  given,
  happened,
  happenedExactly,
  list,
  open,
  pool,
  refused,
  rejected,
  type Step,
  stated,
  trade,
  type Wish,
} from '../kit'
import { registerKey } from '../kit/identity'
import { asAnna, atTime, carried, quote, said, setIndex, withSources } from '../kit/oracle'
import { begin } from '../kit/world'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const index: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7) }
const begun: readonly (Step | Wish)[] = [withSources(...seven), asAnna(setIndex(index))]
const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))
const at = (ms: number): Step => atTime(begin + ms)

type Said = Partial<Omit<Quote, 'signature'>>
const of = (more: Said = {}, by?: string): Quote => {
  const what = { source: 's1', base: 'ETH', currency: 'USD', at: formatTime(begin), price: '200', ...more }
  return quote(what, by ?? what.source)
}
/** A good one beside it, so that something is new and what is ignored is said. */
const beside = (bad: Quote, time = formatTime(begin)): Step => carried(bad, of({ source: 's2', at: time }))
const ignored = (why: string): Expectation =>
  happened('QuotesTaken', { ignored: [{ source: 's1', base: 'ETH', why: why as 'late' }] })

describe('a quote', () => {
  it.each([
    ['of zero', of({ price: '0' }), 'not-positive'],
    ['below zero', of({ price: '-200' }), 'not-positive'],
    ['from the future', of({ at: formatTime(begin + 5001) }), 'future'],
    ['of another currency', of({ currency: 'EUR' }), 'unknown-source'],
    ['of something else', of({ base: 'BTC' }), 'unknown-source'],
    ['of a source that nobody named', of({ source: 's9' }), 'unknown-source'],
    ['signed by the wrong key', of({}, 's3'), 'unproven'],
    ['with the signature of another', { ...of(), signature: of({ price: '201' }).signature }, 'unproven'],
    ['older than may be', of({ at: formatTime(begin - 30_001) }), 'late'],
  ])('%s counts for nothing, and it is said why', (_, bad, why) => {
    const { base, source } = bad
    given(...begun)
      .when(beside(bad))
      .then(accepted, happened('QuotesTaken', { ignored: [{ source, base, why: why as 'late' }] }))
    given(...begun)
      .when(carried(bad))
      .then(refused('no-news'))
  })

  it('of a moment that is not quite to come counts, for clocks differ', () =>
    given(...begun)
      .when(carried(of({ at: formatTime(begin + 5000) })))
      .then(accepted, happened('QuotesTaken', { ignored: [] })))

  it('of a source that is suspended counts for nothing, whatever it signs', () =>
    given(...begun, all('200'), carried(of({ price: '201' })), at(1000))
      .when(beside(of({ at: formatTime(begin + 500) }), formatTime(begin + 500)))
      .then(ignored('suspended')))

  it('of the same time with another content suspends its source, also where both come at once', () =>
    given(...begun)
      .when(carried(of(), of({ price: '201' }), of({ source: 's2' })))
      .then(
        happened('SourceEquivocated', { source: 's1' }),
        pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.suspended).toEqual(['s1'])),
      ))

  it('comes with 63 others at most', () => {
    const many = (count: number) => carried(...Array.from({ length: count }, () => of()))
    given(...begun)
      .when(many(65))
      .then(rejected('bad-parameter'))
    given(...begun)
      .when(many(64))
      .then(accepted)
  })
})

describe('a price of 10^17', () => {
  const huge = '100000000000000000'
  it('of one source moves nothing', () =>
    given(...begun, all('200'), at(1000))
      .when(said('ETH/USD', huge, '200', '200', '200', '200', '200', '200'))
      .then(happened('IndexTicked', { price: '200', off: ['s1'] })))

  it('of all is held, and is the price once it has stood: nothing overflows', () => {
    const market = [
      ...begun,
      asAnna(registerKey('C clock'), 'C'),
      asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
      ...['alice', 'bob'].flatMap((account) => [asAnna(open(account)), asAnna(deposit(account, '1000 USD'))]),
      all('200'),
      asAnna(trade({ trade: '', instrument: 'ETH-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '200' })),
      at(1000),
    ]
    given(...market)
      .when(all(huge))
      .then(happened('IndexHeld', { candidate: huge, why: 'deviation' }))
    given(...market, all(huge), at(301_000), all(huge)).then(
      stated({ indices: [expect.objectContaining({ price: huge, stale: false })] }),
      pool(({ instruments }) => expect(format(instruments.get('ETH-PERP')?.price?.value as never)).toBe(huge)),
    )
  })

  it('with as many decimals as there may be, converted by another, is exact', () => {
    const tether: CourseIndex = { index: 'USDT-USD', quorum: 5, sources: alike(7) }
    const mixed: CourseIndex = {
      index: 'X-USD',
      quorum: 5,
      sources: from('s1*1/USDT s2*1/USDT s3*1 s4*1 s5*1 s6*1 s7*1'),
      conversions: { USDT: 'USDT-USD' },
    }
    const fine = `${huge}.000000000000000001`
    const quotes = seven.map((source, i) =>
      quote({ source, base: 'X', currency: i < 2 ? 'USDT' : 'USD', at: formatTime(begin), price: fine }),
    )
    given(
      withSources(...seven),
      asAnna(setIndex({ ...tether, places: 18 })),
      asAnna(setIndex({ ...mixed, places: 18 })),
    )
      .when(said('USDT/USD', ...seven.map(() => fine)), carried(...quotes))
      .then(accepted, happened('IndexTicked', { index: 'X-USD', price: fine }))
  })
})

describe('an index on which nothing ever ticked', () => {
  const silent = [...begun, asAnna(list('ETH-PERP', { index: 'ETH-USD' })), asAnna(open('alice')), asAnna(open('bob'))]
  it('has no price, says so, and nobody deals in what names it', () => {
    given(...silent).then(stated({ indices: [expect.objectContaining({ index: 'ETH-USD', stale: true })] }))
    given(...silent, ...['alice', 'bob'].map((account) => asAnna(deposit(account, '100 USD'))))
      .when(
        asAnna(trade({ trade: '', instrument: 'ETH-PERP', buyer: 'alice', seller: 'bob', quantity: '1', price: '1' })),
      )
      .then(rejected('stale-price'))
  })

  it('converts nothing, and is no band about anything', () => {
    const mixed: CourseIndex = {
      index: 'X-USD',
      quorum: 5,
      sources: from('s1*1/ETH s2*1/ETH s3*1 s4*1 s5*1 s6*1 s7*1'),
      conversions: { ETH: 'ETH-USD' },
    }
    const quotes = seven.map((source, i) =>
      quote({ source, base: 'X', currency: i < 2 ? 'ETH' : 'USD', at: formatTime(begin), price: '5' }),
    )
    given(...begun, asAnna(setIndex(mixed)))
      .when(carried(...quotes))
      .then(happened('IndexTicked', { index: 'X-USD', sources: ['s3', 's4', 's5', 's6', 's7'] }))
    const banded: CourseIndex = {
      index: 'X-USD',
      quorum: 5,
      sources: alike(7),
      band: { index: 'ETH-USD', low: '1', high: '2' },
    }
    given(...begun, asAnna(setIndex(banded)))
      .when(said('X/USD', ...seven.map(() => '300')))
      .then(happened('IndexHeld', { index: 'X-USD', why: 'band' }))
  })
})

describe('a conversion and what it converts, in one command', () => {
  const mixed: CourseIndex = {
    index: 'A-USD',
    quorum: 7,
    sources: from('a*2 b*2 c*1/USDT d*1/USDT e*1/USDT f*1 g*1'),
    conversions: { USDT: 'USDT-USD' },
  }
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const quotes = [
    ...names.map((source, i) =>
      quote({
        source,
        base: 'A',
        currency: i > 1 && i < 5 ? 'USDT' : 'USD',
        at: formatTime(begin),
        price: i > 1 && i < 5 ? '100' : '90',
      }),
    ),
    ...seven.map((source) => quote({ source, base: 'USDT', currency: 'USD', at: formatTime(begin), price: '0.9' })),
  ]
  it('come in the order that they need, whichever is first by name', () =>
    given(
      withSources(...seven, ...names),
      asAnna(setIndex({ index: 'USDT-USD', quorum: 5, sources: alike(7), places: 4 })),
      asAnna(setIndex(mixed)),
    )
      .when(carried(...quotes))
      .then(happenedExactly('QuotesTaken', 'IndexTicked', 'IndexTicked'), ({ happened: [, first, second] }) =>
        expect([first?.data, second?.data]).toMatchObject([
          { index: 'USDT-USD', price: '0.9' },
          { index: 'A-USD', price: '90', sources: names },
        ]),
      ))
})
