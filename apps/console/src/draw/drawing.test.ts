import { apart } from './apart'
import { shadesOf } from './cells'
import { lastUpTo } from './nearest'
import { sharePaid } from './offers'
import { spansOf, stepArea, stepLine } from './steps'
import { linearPath, reachOf, symlog } from './symlog'
import { short, timeTicks } from './ticks'

describe('a line of steps', () => {
  const points = [
    { x: 0, y: 10 },
    { x: 5, y: 4 },
    { x: 9, y: 8 },
  ]

  it('holds each figure until the next is told, and the last to the end', () =>
    expect(stepLine(points, 12)).toBe('M0.0,10.0H5.0V4.0H9.0V8.0H12.0'))

  it('closes down to its base', () => expect(stepArea(points, 12, 20)).toBe('M0.0,10.0H5.0V4.0H9.0V8.0H12.0V20.0H0.0Z'))

  it('is nothing of nothing', () => expect([stepLine([], 5), stepArea([], 5, 1)]).toEqual(['', '']))
})

it('a span lasts from the first row that holds to the first that does not, or to the end', () => {
  const rows = [0, 1, 1, 0, 1].map((holds, at) => ({ at, holds }))
  const spans = spansOf(
    rows,
    ({ at }) => at,
    ({ holds }) => holds === 1,
    9,
  )
  expect(spans).toEqual([
    { from: 1, to: 3 },
    { from: 4, to: 9 },
  ])
})

it('the last of sorted values that is not beyond one is found as by looking at each', () => {
  const values = [1, 3, 3, 7, 20]
  for (let value = 0; value < 25; value += 1)
    expect(lastUpTo(values, (each) => each, value)).toBe(values.findLast((each) => each <= value) ?? values[0])
  expect(lastUpTo([], Number, 3)).toBeUndefined()
})

it('an axis of time has as many marks as fit, in hours or in days', () => {
  const from = Date.parse('2020-03-12T00:00:00Z')
  const hours = timeTicks(from, from + 86_400_000, 1000)
  expect(hours.length).toBeLessThan(14)
  expect(hours[1]?.text).toMatch(/^\d\d:\d\d$/)
  expect(timeTicks(from, from + 30 * 86_400_000, 1000)[0]?.text).toMatch(/^2020-03-\d\d$/)
  const close = timeTicks(from, from + 180_000, 1000).map(({ text }) => text)
  expect(close[1]).toMatch(/^\d\d:\d\d:\d\d$/)
  expect(new Set(close).size).toBe(close.length)
})

it('figures on an axis are short', () =>
  expect([0, 950, 400_000, -1_500_000, 2e9].map(short)).toEqual(['0', '950', '400 k', '-1.5 m', '2 bn']))

it('words keep apart, in the order of what they belong to, and stand where they are far enough as it is', () => {
  expect(apart([50, 10, 12, 11], 5)).toEqual([50, 10, 20, 15])
  expect(apart([], 5)).toEqual([])
})

it('an offer rises fast, then slowly, to all of the value', () => {
  const terms = { start: '0.98', cutoff: '0.7', fastSeconds: 180, slowSeconds: 360 }
  expect([0, 90, 180, 360, 540, 9_999].map((at) => Number(sharePaid(terms, at).toFixed(6)))).toEqual([
    0.02, 0.16, 0.3, 0.65, 1, 1,
  ])
  expect(sharePaid({ ...terms, fastSeconds: 0, slowSeconds: 0 }, 0)).toBe(1)
})

describe('the scale of those near the line', () => {
  it('is odd, and grows with what is drawn', () => {
    for (const value of [0, 1, 17, 1e9]) expect(symlog(-value)).toBeCloseTo(-symlog(value), 12)
    expect(symlog(1e18)).toBeGreaterThan(symlog(1e17))
  })

  it('says zero and round powers on both sides, of a million-fold range not all of them', () => {
    expect(reachOf({ from: 0, to: symlog(2_000) }).powers).toEqual([0, 10, 100, 1_000])
    expect(reachOf({ from: symlog(-1e6), to: symlog(1e6) }).powers).toEqual([-1e6, -1e4, -100, 0, 100, 1e4, 1e6])
    expect(reachOf({ from: symlog(-50), to: symlog(-2) }).powers).toEqual([-10])
  })

  it('has a line where both are equal, or none where they never are', () => {
    const same = (value: number) => value
    expect(linearPath({ from: 0, to: 5 }, { from: -2, to: 3 }, same, same)).toBe('M0.0,0.0L3.0,3.0')
    expect(linearPath({ from: 0, to: 5 }, { from: -4, to: -1 }, same, same)).toBe('')
  })
})

describe('the squares of a grid', () => {
  const at = {
    most: 100,
    isUnder: (row: number) => row < 2,
    x: (n: number) => 10 * n,
    y: (n: number) => -n,
    wide: 2,
    high: 3,
  }

  it('are as many as there are, those of one shade in one path: the more in it, the darker, and apart below zero', () => {
    const drawn = shadesOf(
      [
        [0, 5, 100],
        [1, 5, 99],
        [2, 5, 1],
        [3, 1, 100],
      ],
      at,
    )
    expect(drawn.map(({ isUnder, opacity, path }) => [isUnder, opacity, path.split('M').length - 1])).toEqual([
      [false, 1, 2],
      [false, expect.closeTo(0.35 + 0.65 / 12), 1],
      [true, 1, 1],
    ])
    expect(drawn[0]?.path).toBe('M0.00,-5.00h2.00v3.00h-2.00zM10.00,-5.00h2.00v3.00h-2.00z')
  })

  it('of every number are no more paths than there are shades', () => {
    const cells = Array.from({ length: 4_096 }, (_, i) => [i % 64, Math.floor(i / 64), (i % 100) + 1])
    expect(shadesOf(cells, at).length).toBeLessThanOrEqual(24)
  })

  it('are none of none', () => expect(shadesOf([], at)).toEqual([]))
})
