import { laws } from './kit/laws'
import { nobodyCrosses } from './kit/reach-laws'
import { reachOf } from './reach'

/** In short what `npm run laws:portfolio -- --portfolios=10000` does at length. */
describe('of every portfolio', () => {
  it.each(Object.entries(laws))('%s', (_, draw) => draw(40))
})

describe('the law of band and wear', () => {
  const widened =
    (band: number, wear: number, beside: number): typeof reachOf =>
    (...of) => {
      const { bands, wears, slow } = reachOf(...of)
      const times = (all: ReadonlyMap<string, number>, by: number) => new Map([...all].map(([key, x]) => [key, x * by]))
      return { bands: times(bands, band), wears: times(wears, wear), slow: times(slow, beside) }
    }

  const brokenBy = (draw: () => void): string => {
    try {
      draw()
      return 'unbroken'
    } catch (error) {
      return error instanceof Error ? String(error.cause) : ''
    }
  }

  it.each([
    ['bands twice as wide', widened(2, 1, 1)],
    ['three times the wear', widened(1, 3, 1)],
    ['bands of slow prices six times as wide', widened(1, 1, 6)],
  ])('finds whom %s would let pass', (_, reach) =>
    expect(brokenBy(() => nobodyCrosses(400, reach, true))).toContain('crossed unseen'),
  )
})
