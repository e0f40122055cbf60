import { formatTime } from '@novation/events'
import { checkLaws, delist, given, happened, list, parameters, pool, rejected } from '../kit'
import { registerKey } from '../kit/identity'
import { asAnna, clockRuns, setIndex, withSources } from '../kit/oracle'
import {
  all,
  begun,
  expiry,
  held,
  index,
  inWindow,
  settlement,
  settlesNow,
  seven,
  tick,
  told,
  windows,
  windowTime,
} from './test-settling'

describe('the window', () => {
  /** A tick, or a hold, so many seconds after it began; and what is known in the end. */
  const courses: readonly (readonly [string, object, readonly (readonly [number, string])[], number, string])[] = [
    [
      'plain',
      {},
      [
        [-10, '10'],
        [60, '11'],
        [180, '11'],
        [300, '9'],
        [420, '8'],
        [540, '7'],
      ],
      600,
      '9.5',
    ],
    [
      'a gap is not counted',
      { tolerance_ms: 100_000 },
      [
        [-10, '10'],
        [300, '20'],
        [400, '20'],
        [500, '30'],
        [600, '30'],
        [700, '30'],
        [800, '30'],
      ],
      810,
      '23.67',
    ],
    [
      'nor is what is held',
      {},
      [
        [0, '10'],
        [200, '40'],
        [400, '40'],
      ],
      800,
      '30',
    ],
    ['never covered', { tolerance_ms: 100_000 }, [[0, '10']], 900, 'never'],
    [
      'rounded half to even',
      {},
      [
        [0, '1.01'],
        [300, '1.02'],
      ],
      600,
      '1.02',
    ],
  ]
  it.each(courses)('of the vectors, a thousand times as long: %s', (_, terms, said_, due, price) => {
    const { world } = given(
      withSources(...seven),
      asAnna(registerKey('C clock'), 'C'),
      asAnna(setIndex({ ...index, tolerance_ms: 1_000_000, ...terms })),
      asAnna(list('ETH-DEC', { index: 'ETH-USD', kind: 'future', expiry: formatTime(expiry), settlement })),
      ...said_.map(([at, of]) => tick(at, of)),
      clockRuns(windowTime(due) - 1),
    )
    expect(world.events.filter(({ type }) => type === 'InstrumentSettled')).toEqual([])
    const after = clockRuns(windowTime(due))(world)
    checkLaws(after)
    const settled = after.events.flatMap(({ type, data }) => (type === 'InstrumentSettled' ? [data.price] : []))
    expect(settled).toEqual(price === 'never' ? [] : [price])
  })

  it('begins when it is asked for, where that is later', () =>
    given(
      ...begun,
      clockRuns(windowTime(-20)),
      all('200'),
      clockRuns(windowTime(300)),
      all('210'),
      asAnna(parameters({ notice_s: 0 })),
      asAnna(list('ETH-PERP', { index: 'ETH-USD', settlement })),
      all('210.01'),
      asAnna(delist('ETH-PERP', formatTime(windowTime(300) + 1000))),
    ).then(
      pool(({ oracle }) =>
        expect([...(oracle?.windows.values() ?? [])].map(({ covered }) => covered.to - windowTime(300))).toContain(0),
      ),
    ))

  it('is one for all that are settled at the same, and is there until the last of them has its fixing', () => {
    const two = [
      ...begun,
      asAnna(list('ETH-DEC-2', { index: 'ETH-USD', kind: 'future', expiry: formatTime(expiry), settlement })),
    ]
    given(...two).then(windows(1))
    given(...two, clockRuns(windowTime(-20)), all('200'), ...told('200', '210').slice(0, -1))
      .when(clockRuns(expiry))
      .then(
        happened('InstrumentSettled', { instrument: 'ETH-DEC', price: '205' }),
        happened('InstrumentSettled', { instrument: 'ETH-DEC-2', price: '205' }),
        windows(0),
      )
  })

  it('takes the tolerance as it was said then', () =>
    given(
      ...held,
      tick(0, '200'),
      inWindow(30),
      asAnna(setIndex({ ...index, tolerance_ms: 20_000 })),
      inWindow(40),
      asAnna(setIndex({ ...index, tolerance_ms: 600_000 })),
    ).then(
      pool(({ oracle }) =>
        expect([...(oracle?.windows.values() ?? [])].map(({ covered }) => covered.covered_ms)).toEqual([30_000]),
      ),
    ))
})

describe('terms of settlement', () => {
  const listing = (more: object) => asAnna(list('X', { kind: 'future', expiry: formatTime(expiry), ...more }))
  it.each([
    ['without an index', { settlement }],
    ['over no time', { index: 'ETH-USD', settlement: { twap_s: 0, longest_s: 10 } }],
    ['longer than it may take', { index: 'ETH-USD', settlement: { twap_s: 11, longest_s: 10 } }],
  ])('%s are refused', (_, more) =>
    given(...begun)
      .when(listing(more))
      .then(rejected('bad-parameter')),
  )

  it('are needed, or a price', () =>
    given(...begun, listing({ index: 'ETH-USD' }))
      .when(asAnna({ ...settlesNow, data: { instrument: 'X' } }))
      .then(rejected('bad-parameter')))
})
