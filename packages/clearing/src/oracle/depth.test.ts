import { formatTime, type UnsignedObservation } from '@novation/events'
import { alike, type CourseIndex } from '@novation/risk/kit'
import {
  accepted,
  type Expectation,
  given,
  happened,
  happenedExactly,
  pool,
  refused,
  rejected,
  type Step,
  stated,
  type Wish,
} from '../kit'
import { asAnna, asSource, atTime, carried, observation, observed, quote, setIndex, withSources } from '../kit/oracle'
import { begin, take, type World } from '../kit/world'

const five = ['s1', 's2', 's3', 's4', 's5']
/** One of five may lie. */
const index: CourseIndex = { index: 'BTC-USD', quorum: 4, sources: alike(5) }
const begun: readonly (Step | Wish)[] = [withSources(...five), asAnna(setIndex(index))]

type Seen = Partial<UnsignedObservation>
const of = (more: Seen = {}, by?: string) => {
  const seen = {
    source: 's1',
    base: 'BTC',
    currency: 'USD',
    at: formatTime(begin),
    kind: 'depth' as const,
    levels: more.kind === undefined ? [{ bps: 10, bid: '5', ask: '4' }] : undefined,
    ...more,
  }
  const { levels, ...rest } = seen
  return observation({ ...rest, ...(levels === undefined ? {} : { levels }) } as UnsignedObservation, by ?? seen.source)
}

/** Each of the sources sees so much on the bid, in order, and half of it on the ask. */
const deep = (second: number, ...bids: readonly (number | undefined)[]): Step => {
  const at = begin + second * 1000
  const seen = bids.flatMap((bid, i) =>
    bid === undefined
      ? []
      : [of({ source: `s${i + 1}`, at: formatTime(at), levels: [{ bps: 10, bid: `${bid}`, ask: `${bid / 2}` }] })],
  )
  return (world: World) => take(take(world, atTime(at)), observed(...seen))
}
/** The same every ten seconds, from one second to another. */
const stands = (from: number, to: number, ...bids: readonly (number | undefined)[]): readonly Step[] =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, i) => deep(from + 10 * i, ...bids))

const depth = (bid: string, ask: string): Expectation =>
  happened('DepthObserved', { index: 'BTC-USD', levels: [{ bps: 10, bid, ask }] })
const said = (bid: string): Expectation =>
  stated({ indices: [expect.objectContaining({ depth: [expect.objectContaining({ bps: 10, bid })] })] })

describe('the depth of an index', () => {
  const honest = [300_000, 250_000, 200_000, 150_000, 220_000]

  it('is what its sources see without the largest that can lie, once it has stood for a minute', () => {
    given(...begun, ...stands(0, 50, ...honest))
      .when(deep(59, ...honest))
      .then(happenedExactly('ObservationsTaken'))
    given(...begun, ...stands(0, 50, ...honest))
      .when(deep(60, ...honest))
      .then(happenedExactly('ObservationsTaken', 'DepthObserved'), depth('820000', '410000'), said('820000'))
  })

  it('does not count a wall at one of them (POPCAT, 2025)', () => {
    const wall = [300_000, 250_000, 200_000, 150_000, 20_000_000]
    given(...begun, ...stands(0, 50, ...wall))
      .when(deep(60, ...wall))
      .then(depth('900000', '450000'))
  })

  it('is of those who say something', () => {
    const few = [300_000, 250_000, 200_000]
    given(...begun, ...stands(0, 50, ...few))
      .when(deep(60, ...few))
      .then(depth('450000', '225000'))
  })

  it('counts no wall that stands for less than a minute, on however many venues, and any gap at once', () => {
    const begins = [...begun, ...stands(0, 60, ...honest)]
    const walls = honest.map((bid) => bid * 10)
    given(...begins)
      .when(...stands(70, 120, ...walls))
      .then(
        pool(({ oracle }) => expect(oracle?.depths.get('BTC-USD')?.said.length).toBe(1)),
        said('820000'),
      )
    given(...begins)
      .when(...stands(70, 130, ...walls))
      .then(said('8200000'))
    given(...begins)
      .when(deep(70, ...honest.map((bid) => bid / 10)))
      .then(said('82000'))
  })

  it('is said again where it changes by more than a tenth', () => {
    const begins = [...begun, ...stands(0, 60, ...honest)]
    given(...begins)
      .when(deep(70, ...honest.map((bid) => bid * 0.9)))
      .then(happenedExactly('ObservationsTaken'))
    given(...begins)
      .when(deep(70, ...honest.map((bid) => bid * 0.8)))
      .then(depth('656000', '328000'))
  })

  it('begins anew after a silence', () =>
    given(...begun, ...stands(0, 60, ...honest))
      .when(deep(200, ...honest.map((bid) => bid * 10)))
      .then(happenedExactly('ObservationsTaken'), said('820000')))

  it('is kept for no longer than it is looked at', () =>
    given(...begun, ...stands(0, 600, ...honest)).then(
      pool(({ oracle }) => expect(oracle?.depths.get('BTC-USD')?.seen.length).toBe(7)),
    ))

  it('comes from the sources themselves too', () =>
    given(...begun)
      .when(asSource('s1', { type: 'PublishObservations', data: { observations: [of()] } }))
      .then(accepted))

  it('makes no price', () =>
    given(...begun)
      .when(
        observed(
          of(),
          of({ source: 's2', kind: 'mid', bid: '100', ask: '101' }),
          of({ source: 's3', kind: 'latency', ms: 9 }),
        ),
      )
      .then(happenedExactly('ObservationsTaken')))
})

describe('an observation', () => {
  it.each([
    ['of a source that nobody named', of({ source: 's9' }), 'unknown-source'],
    ['of another currency', of({ currency: 'EUR' }), 'unknown-source'],
    ['from the future', of({ at: formatTime(begin + 5001) }), 'future'],
    ['too old', of({ at: formatTime(begin - 30_001) }), 'late'],
    ['signed by another', of({}, 's2'), 'unproven'],
    ['of no levels', of({ levels: [] }), 'incomplete'],
    ['of a depth below zero', of({ levels: [{ bps: 10, bid: '-1', ask: '1' }] }), 'incomplete'],
    [
      'of levels that do not add up',
      of({
        levels: [
          { bps: 10, bid: '5', ask: '5' },
          { bps: 20, bid: '4', ask: '6' },
        ],
      }),
      'incomplete',
    ],
    [
      'of distances out of order',
      of({
        levels: [
          { bps: 20, bid: '5', ask: '5' },
          { bps: 10, bid: '6', ask: '6' },
        ],
      }),
      'incomplete',
    ],
    ['of a bid above the ask', of({ kind: 'mid', bid: '101', ask: '100' }), 'incomplete'],
    ['of a latency that says something else', of({ kind: 'latency', ms: 5, bid: '1' }), 'incomplete'],
  ])('%s counts for nothing, and it is said why', (_, bad, why) => {
    const { source, base, kind } = bad
    given(...begun)
      .when(observed(bad, of({ source: 's2' })))
      .then(happened('ObservationsTaken', { ignored: [{ source, base, kind, why: why as 'late' }] }))
    given(...begun)
      .when(observed(bad))
      .then(refused('no-news'))
  })

  it('counts once, and nothing older after it', () => {
    given(...begun, observed(of()))
      .when(observed(of()))
      .then(refused('no-news'))
    given(...begun, observed(of()))
      .when(observed(of({ at: formatTime(begin - 1) })))
      .then(refused('no-news'))
  })

  it('of a source that is suspended counts for nothing', () => {
    const truth = (price: string) => quote({ source: 's1', base: 'BTC', currency: 'USD', at: formatTime(begin), price })
    given(
      ...begun,
      carried(
        truth('1'),
        truth('2'),
        quote({ source: 's2', base: 'BTC', currency: 'USD', at: formatTime(begin), price: '1' }),
      ),
    )
      .when(observed(of()))
      .then(refused('no-news'))
  })

  it('comes with 63 others at most', () =>
    given(...begun)
      .when(observed(...Array.from({ length: 65 }, () => of())))
      .then(rejected('bad-parameter')))
})
