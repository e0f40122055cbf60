import { format } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { alike, type CourseIndex } from '@novation/risk/kit'
import fc from 'fast-check'
import {
  accepted,
  deposit,
  given,
  happened,
  happenedExactly,
  list,
  open,
  parameters,
  passTime,
  pool,
  refused,
  registerAsset,
  rejected,
  type Step,
  stated,
  trade,
  type Wish,
  type World,
} from '../kit'
import { registerKey, revokeKey, signedBy } from '../kit/identity'
import { asAnna, asSource, atTime, carried, publish, quote, said, setIndex, withSources } from '../kit/oracle'
import { as } from '../kit/wishes'
import { begin, take } from '../kit/world'
import { stateHash } from '../proof/state-hash'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const index: CourseIndex = { index: 'ETH-USD', quorum: 5, sources: alike(7) }

const signedTrade = (buyer: string, seller: string, quantity: string, at: string): Step =>
  asAnna(trade({ trade: '', instrument: 'ETH-PERP', buyer, seller, quantity, price: at }))

/** A perpetual and a coin whose price is that of an index, and alice and bob with cash. */
const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(registerKey('C clock'), 'C'),
  asAnna(setIndex(index)),
  asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
  asAnna(registerAsset('ETH', 6, { index: 'ETH-USD', haircut: '0.1' })),
  ...['alice', 'bob'].flatMap((account) => [asAnna(open(account)), asAnna(deposit(account, '100 USD'))]),
]
const timePasses = signedBy(['C'], as('clock', passTime))
const at = (ms: number): Step => atTime(begin + ms)
const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))

const marks = ({ instruments, assets }: Parameters<Parameters<typeof pool>[0]>[0]) =>
  [instruments.get('ETH-PERP')?.price, assets.get('ETH')?.price].map((price) =>
    price === undefined ? undefined : format(price.value),
  )

describe('the price of an index', () => {
  it('is that of the instruments and assets that name it', () =>
    given(...begun)
      .when(all('200'))
      .then(
        accepted,
        happenedExactly('QuotesTaken', 'IndexTicked', 'PriceTick', 'PriceTick'),
        happened('PriceTick', {
          instrument: 'ETH-PERP',
          price: '200',
          slow: '200',
          confidence: '0',
          observedAt: formatTime(begin),
          index: 'ETH-USD',
        }),
        pool((now) => expect(marks(now)).toEqual(['200', '200'])),
      ))

  it('is traded at, as any other', () =>
    given(...begun, all('200'))
      .when(signedTrade('alice', 'bob', '1', '200'))
      .then(accepted))

  it('is none that anybody tells, the operator neither', () => {
    const told: Wish = { type: 'PublishPrice', data: { instrument: 'ETH-PERP', price: '200' } }
    given(...begun)
      .when(asAnna(told))
      .then(rejected('signed-prices-only'))
    const coin: Wish = { type: 'PublishPrice', data: { asset: 'ETH', price: '200' } }
    given(...begun)
      .when(signedBy(['O'], as('oracle', coin)))
      .then(rejected('signed-prices-only'))
  })

  it('comes to no end with what has expired', () =>
    given(
      ...begun,
      asAnna(list('ETH-DEC', { index: 'ETH-USD', kind: 'future', expiry: formatTime(begin + 1000) })),
      all('200'),
      at(1000),
    )
      .when(all('201'))
      .then(accepted, happenedExactly('QuotesTaken', 'IndexTicked', 'PriceTick', 'PriceTick')))

  it('is the fixing of what expires while it is fresh, and none in the middle of an outage', () => {
    const future = asAnna(list('ETH-DEC', { index: 'ETH-USD', kind: 'future', expiry: formatTime(begin + 100_000) }))
    const expires = (...before: readonly Step[]) =>
      given(...begun, future, all('200'), ...before).when(at(100_000), timePasses)
    expires(at(50_000), all('201'), at(50_000)).then(
      happened('InstrumentExpired', { instrument: 'ETH-DEC', fixing: '201' }),
    )
    expires().then(
      pool(({ instruments }) =>
        expect([instruments.get('ETH-DEC')?.expired, instruments.get('ETH-DEC')?.fixed]).toEqual([true, false]),
      ),
    )
  })
})

describe('an index that is too old', () => {
  it('is stale by its own tolerance, however long the pool tolerates', () => {
    const waits = (ms: number) => given(...begun, all('200'), at(ms)).when(signedTrade('alice', 'bob', '1', '200'))
    waits(60_000).then(accepted)
    waits(60_001).then(rejected('stale-price'))
  })

  it('and by that of the pool, however long it tolerates itself', () => {
    const waits = (ms: number) =>
      given(...begun, asAnna(parameters({ priceTolerance_s: 10, wear_s: 100 })), all('200'), at(ms)).when(
        signedTrade('alice', 'bob', '1', '200'),
      )
    waits(10_000).then(accepted)
    waits(10_001).then(rejected('stale-price'))
  })

  it('is stale at once where it is set to tolerate less', () =>
    given(...begun, all('200'), at(30_000), asAnna(setIndex({ ...index, tolerance_ms: 20_000 })))
      .when(signedTrade('alice', 'bob', '1', '200'))
      .then(rejected('stale-price')))

  it('wears in steps of its own tolerance', () =>
    given(...begun, all('200'), signedTrade('alice', 'bob', '1', '200'))
      .when(at(60_001), timePasses, at(120_000), timePasses)
      .then(
        happened('TimePassed', {
          due: [{ what: 'wear', id: 'ETH-PERP' }],
        }),
        pool(({ instruments }) => expect(instruments.get('ETH-PERP')?.stand.wear.step).toBe(2)),
      ))
})

describe('an index that is held', () => {
  /** Alice is long with little to lose: at 150 she would be liquidated. */
  const held = [...begun, all('200'), signedTrade('alice', 'bob', '2', '200'), at(1000), all('150')]

  it('holds the price of what names it: nobody deals in it, and nobody is liquidated', () => {
    given(...held).then(
      stated({
        instruments: expect.arrayContaining([expect.objectContaining({ instrument: 'ETH-PERP', mark: '200' })]),
      }),
    )
    given(...begun, all('200'), at(1000))
      .when(all('150'))
      .then(
        happenedExactly('QuotesTaken', 'IndexHeld', 'PriceHeld', 'PriceHeld'),
        happened('IndexHeld', { candidate: '150', why: 'deviation', last: '200' }),
        happened('PriceHeld', { instrument: 'ETH-PERP', price: '150', mark: '200', index: 'ETH-USD' }),
      )
    given(...held)
      .when(signedTrade('bob', 'alice', '1', '200'))
      .then(rejected('stale-price'))
  })

  it('lets whoever is in breach by it be liquidated only once it is confirmed, and has stood', () => {
    const starting = (...ids: readonly string[]) =>
      pool(({ standing }) => expect([...standing.duties.start]).toEqual(ids))
    given(...held, at(2000), signedBy(['A'], as('operator:anna', deposit('bob', '1 USD')))).then(starting())
    // A quarter is five deviations: it must stand for fifteen seconds; and then what follows it slowly must have come after it.
    const confirmed = [...held, at(16_000), all('150')]
    const stood = [31_000, 46_000, 61_000, 76_000].flatMap((ms) => [at(ms), all('150')])
    given(...held, at(15_999), all('150')).then(starting())
    given(...confirmed).then(starting())
    given(...confirmed, ...stood).then(starting('alice'))
  })

  it('ends with a price that is near the last one', () =>
    given(...held, at(2000))
      .when(all('201'))
      .then(
        happened('IndexTicked', { price: '201' }),
        pool(({ instruments }) => expect(instruments.get('ETH-PERP')?.held).toBeUndefined()),
      ))

  it('leaves what never had a price without one', () =>
    given(
      ...begun,
      asAnna(
        setIndex({ index: 'X-USD', quorum: 5, sources: alike(7), band: { index: 'ETH-USD', low: '1', high: '2' } }),
      ),
      asAnna(list('X', { index: 'X-USD' })),
    )
      .when(said('X/USD', ...seven.map(() => '5')))
      .then(
        accepted,
        happenedExactly('QuotesTaken', 'IndexHeld'),
        pool(({ instruments }) => expect(instruments.get('X')?.price ?? instruments.get('X')?.held).toBeUndefined()),
      ))
})

describe('who signs', () => {
  const of = (source: string, more: { price?: string; at?: string } = {}) => ({
    source,
    base: 'ETH',
    currency: 'USD',
    at: formatTime(begin),
    price: '200',
    ...more,
  })

  it('is believed with a key that speaks for the source, and no other', () =>
    given(...begun)
      .when(carried(quote(of('s1')), quote(of('s2'), 's1')))
      .then(
        accepted,
        happened('QuotesTaken', { taken: [of('s1')], ignored: [{ source: 's2', base: 'ETH', why: 'unproven' }] }),
      ))

  it('need not say which of its keys it is', () => {
    const { key: _, ...unnamed } = quote(of('s1'))
    given(...begun)
      .when(carried(unnamed))
      .then(accepted)
  })

  it('is believed no more once the key is revoked, where nothing else is new', () =>
    given(...begun, asAnna(revokeKey('key-of-s1')))
      .when(carried(quote(of('s1'))))
      .then(refused('no-news')))

  it('may carry what it says itself', () =>
    given(...begun)
      .when(asSource('s1', publish(quote(of('s1')))))
      .then(accepted))

  it('loses what it said by saying something else of the same time', () =>
    given(...begun, all('200'))
      .when(carried(quote(of('s1', { price: '201' }))))
      .then(
        accepted,
        happenedExactly('QuotesTaken', 'SourceEquivocated'),
        pool(({ oracle }) => expect(oracle?.indices.get('ETH-USD')?.suspended).toEqual(['s1'])),
      ))

  it('has said one truth where it writes the same otherwise', () =>
    given(...begun, carried(quote(of('s1', { at: '2020-03-12T10:00:00.000Z' }))))
      .when(carried(quote(of('s1', { at: '2020-03-12T11:00:00+01:00', price: '200.0' }))))
      .then(refused('no-news')))

  it('brings no news with what is known, and nothing is recorded', () => {
    given(...begun, all('200'))
      .when(all('200'))
      .then(refused('no-news'))
    given(...begun)
      .when(carried())
      .then(refused('no-news'))
  })
})

describe('a carrier', () => {
  /** Rounds of quotes in the order in which they were made. */
  const rounds = [0, 1, 2].map((n) =>
    seven.map((source, i) =>
      quote({ source, base: 'ETH', currency: 'USD', at: formatTime(begin + 1000 * n + i), price: `${200 + n + i}` }),
    ),
  )
  const late = at(5000)
  const ends = (world: World): World => take(world, late)
  const started = given(...begun).world

  it('that holds back, reorders or repeats changes nothing of what is known in the end', () => {
    const quotes = rounds.flat()
    const latest = new Map(rounds[2]?.map(({ source, price }) => [source, price]))
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...quotes, ...quotes.slice(0, 5)], { minLength: quotes.length + 5 }),
        fc.integer({ min: 1, max: 9 }),
        (order, size) => {
          let world = ends(started)
          for (let i = 0; i < order.length; i += size) world = take(world, carried(...order.slice(i, i + size)))
          const known = seven.map((source) => world.pool.oracle?.quotes.get(`ETH/${source}`)?.price)
          expect(known.map((price) => price && format(price))).toEqual(seven.map((source) => latest.get(source)))
        },
      ),
      { numRuns: 30 },
    )
  })

  it('is turned away without a trace', () => {
    const world = ends(take(started, carried(...rounds.flat())))
    const before = stateHash(world.pool)
    const again = take(world, carried(...rounds.flat()))
    expect(again.sent.at(-1)?.processed).toMatchObject({ tag: 'refused', code: 'no-news' })
    expect(stateHash(again.pool)).toBe(before)
  })
})
