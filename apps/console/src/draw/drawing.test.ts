import { lastUpTo } from './nearest'
import { spansOf, stepArea, stepLine } from './steps'
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
})

it('figures on an axis are short', () =>
  expect([0, 950, 400_000, -1_500_000, 2e9].map(short)).toEqual(['0', '950', '400 k', '-1.5 m', '2 bn']))
