import { compareRatios, decimal, integer, type Ratio, ratio, whole } from '@novation/decimal'
import fc from 'fast-check'
import { type Auction, clock_ms, discount, isOver, type Moment, promised } from '.'

const auction: Auction = {
  start: decimal('0.3'),
  cutoff: decimal('0.1'),
  fastSeconds: 10,
  slowSeconds: 40,
  insolventSeconds: 60,
  premium: decimal('0.1'),
}
const expectRatio = (actual: Ratio, expected: string) => expect(compareRatios(actual, whole(decimal(expected)))).toBe(0)
const moment = (change: Partial<Moment> = {}): Moment => ({
  cause: 'breach',
  worth: decimal('5'),
  requirement: decimal('10'),
  elapsed_ms: 0,
  over: false,
  ...change,
})

describe('clock_ms', () => {
  const item = (required: string, elapsed_ms: number, value = '1') => ({
    required: decimal(required),
    value: decimal(value),
    elapsed_ms,
  })

  it('is the mean of the clocks by what each item requires, rounded down', () => {
    expect(clock_ms([item('30', 1000), item('10', 0)])).toBe(750)
    expect(clock_ms([item('2', 1000), item('1', 0)])).toBe(666)
  })

  it('goes by value where nothing is required, and counts alike what is worth nothing too', () => {
    expect(clock_ms([item('0', 1000, '-3'), item('0', 0, '1')])).toBe(750)
    expect(clock_ms([item('0', 1000, '0'), item('0', 0, '0')])).toBe(500)
  })

  it('stands at nothing where nothing is live', () => expect(clock_ms([])).toBe(0))

  it('lies between the youngest and the oldest, and runs on with all of them', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(500), fc.nat(10_000_000)), { minLength: 1, maxLength: 6 }),
        fc.nat(600_000),
        (clocks, later) => {
          const at = (by: number) => clock_ms(clocks.map(([required, t]) => item(String(required), t + by)))
          const times = clocks.map(([, t]) => t)
          expect(at(0)).toBeGreaterThanOrEqual(Math.min(...times))
          expect(at(0)).toBeLessThanOrEqual(Math.max(...times))
          expect(at(later)).toBe(at(0) + later)
        },
      ),
    ))
})

describe('isOver', () => {
  it.each([
    ['5', 49_999, 0, false],
    ['5', 50_000, 0, true],
    ['5', 0, 60_000, false],
    ['-0.01', 0, 59_999, false],
    ['-0.01', 0, 60_000, true],
  ])('at a worth of %s after %i ms, %i below zero: %s', (worth, elapsed_ms, below_ms, over) =>
    expect(isOver(auction, decimal(worth), elapsed_ms, below_ms)).toBe(over),
  )
})

describe('discount', () => {
  it.each([
    [0, '0.3'],
    [2500, '0.25'],
    [10_000, '0.1'],
    [20_000, '0.075'],
    [40_000, '0.025'],
    [50_000, '0'],
    [999_000, '0'],
    [-1, '0.3'],
  ])('is at %i ms %s', (elapsed_ms, expected) => expectRatio(discount(auction, moment({ elapsed_ms })), expected))

  it('is exact where a decimal is not', () => {
    const thirds = { ...auction, fastSeconds: 3 }
    expect(compareRatios(discount(thirds, moment({ elapsed_ms: 1000 })), ratio(decimal('0.7'), integer(3)))).toBe(0)
  })

  it('skips a phase of no seconds', () => {
    expectRatio(discount({ ...auction, fastSeconds: 0 }, moment()), '0.1')
    expectRatio(discount({ ...auction, slowSeconds: 0 }, moment({ elapsed_ms: 10_000 })), '0')
    expectRatio(discount({ ...auction, fastSeconds: 0, slowSeconds: 0 }, moment()), '0')
  })

  it('stays within zero and the start, whatever the cutoff', () => {
    expectRatio(discount({ ...auction, cutoff: decimal('0.5') }, moment({ elapsed_ms: 10_000 })), '0.3')
    expectRatio(discount({ ...auction, cutoff: decimal('-0.1') }, moment({ elapsed_ms: 10_000 })), '0')
  })

  it('is nothing once the auction is over', () => expectRatio(discount(auction, moment({ over: true })), '0'))

  it('stands at the start where the account does not lack its requirement, but for a debit', () => {
    const standing = { worth: decimal('10'), elapsed_ms: 20_000 }
    expectRatio(discount(auction, moment(standing)), '0.3')
    expectRatio(discount(auction, moment({ ...standing, over: true })), '0.3')
    expectRatio(discount(auction, moment({ ...standing, cause: 'call' })), '0.3')
    expectRatio(discount(auction, moment({ ...standing, cause: 'debit' })), '0.075')
    expectRatio(discount(auction, moment({ ...standing, cause: 'debit', over: true })), '0')
  })

  it('never rises', () =>
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(60_000), (t, later) => {
        const [first, second] = [t, t + later].map((elapsed_ms) => discount(auction, moment({ elapsed_ms })))
        expect(compareRatios(second as Ratio, first as Ratio)).toBeLessThanOrEqual(0)
      }),
    ))
})

describe('promised', () => {
  it.each([
    [-1, '0'],
    [0, '0'],
    [15_000, '0.025'],
    [60_000, '0.1'],
    [90_000, '0.1'],
  ])('is at %i ms %s of what is required', (elapsed_ms, expected) =>
    expectRatio(promised(auction, moment({ elapsed_ms })), expected),
  )

  it('is whole once the auction is over, and at once where no time is given', () => {
    expectRatio(promised(auction, moment({ over: true })), '0.1')
    expectRatio(promised({ ...auction, insolventSeconds: 0 }, moment()), '0.1')
  })

  it('is nothing for who stands at the requirement, nor for a call or a debit', () => {
    const late = { elapsed_ms: 60_000 }
    expectRatio(promised(auction, moment({ ...late, worth: decimal('10') })), '0')
    expectRatio(promised(auction, moment({ ...late, cause: 'call' })), '0')
    expectRatio(promised(auction, moment({ ...late, cause: 'debit' })), '0')
  })
})
