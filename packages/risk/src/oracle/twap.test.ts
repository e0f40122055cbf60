import { decimal, format, zero } from '@novation/decimal'
import { type Covered, coverTo, type StandingPrice, twapOf } from './twap'

/** A price that is observed when it comes, or a hold, by the time at which it comes. */
type Said = readonly [at: number, price: string | 'hold']

/** What is covered of a window that begins at 0. */
const at = (now: number, window_ms: number, tolerance_ms: number, said: readonly Said[]) => {
  let covered: Covered = { to: 0, covered_ms: 0, integral: zero }
  let standing: StandingPrice | undefined
  for (const [time, price] of said) {
    covered = coverTo(covered, time, standing, window_ms)
    standing = price === 'hold' ? undefined : { price: decimal(price), until: time + tolerance_ms }
  }
  covered = coverTo(covered, now, standing, window_ms)
  const price = twapOf(covered, { window_ms, places: 2 })
  return [covered.covered_ms, price === undefined ? 'not covered' : format(price)]
}

describe('the price over a time', () => {
  it('is what each price counts, by how long it stood', () => {
    const said: Said[] = [
      [-10, '10'],
      [60, '11'],
      [180, '11'],
      [300, '9'],
      [420, '8'],
      [540, '7'],
    ]
    expect(at(600, 600, 1000, said)).toEqual([600, '9.5'])
    expect(at(599, 600, 1000, said)).toEqual([599, 'not covered'])
    expect(at(60_000, 600, 1000, said)).toEqual([600, '9.5'])
  })

  it('does not count a gap: the window goes on until it is covered', () => {
    const said: Said[] = [[-10, '10'], ...([20, 20, 30, 30, 30, 30].map((p, i) => [300 + 100 * i, `${p}`]) as Said[])]
    expect(at(900, 600, 100, said)).toEqual([600, '23.67'])
    expect(at(809, 600, 100, said)).toEqual([599, 'not covered'])
  })

  it('counts nothing while it is held', () =>
    expect(
      at(800, 600, 1000, [
        [0, '10'],
        [200, 'hold'],
        [400, '40'],
      ]),
    ).toEqual([600, '30']))

  it('is not known where too little of it was', () =>
    expect(at(900, 600, 100, [[0, '10']])).toEqual([100, 'not covered']))

  it('is rounded half to even', () =>
    expect(
      at(400, 400, 1000, [
        [0, '1.01'],
        [200, '1.02'],
      ]),
    ).toEqual([400, '1.02']))
})
