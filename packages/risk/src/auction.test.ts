import { compareRatios, decimal, integer, type Ratio, ratio, whole, zero } from '@novation/decimal'
import fc from 'fast-check'
import { type Auction, auctionLength_ms, discount, insolventShare } from '.'

const auction: Auction = {
  start: decimal('0.3'),
  cutoff: decimal('0.1'),
  fastSeconds: 10,
  slowSeconds: 40,
  insolventSeconds: 60,
}
const expectRatio = (actual: Ratio, expected: string) => expect(compareRatios(actual, whole(decimal(expected)))).toBe(0)

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
  ])('is at %i ms %s', (elapsed_ms, expected) => expectRatio(discount(auction, elapsed_ms), expected))

  it('is exact where a decimal is not', () => {
    const thirds = { ...auction, fastSeconds: 3 }
    expect(compareRatios(discount(thirds, 1000), ratio(decimal('0.7'), integer(3)))).toBe(0)
  })

  it('skips a phase of no seconds', () => {
    expectRatio(discount({ ...auction, fastSeconds: 0 }, 0), '0.1')
    expectRatio(discount({ ...auction, slowSeconds: 0 }, 10_000), '0')
    expectRatio(discount({ ...auction, fastSeconds: 0, slowSeconds: 0 }, 0), '0')
  })

  it('stays within zero and the start, whatever the cutoff', () => {
    expectRatio(discount({ ...auction, cutoff: decimal('0.5') }, 10_000), '0.3')
    expectRatio(discount({ ...auction, cutoff: decimal('-0.1') }, 10_000), '0')
  })

  it('never rises', () =>
    fc.assert(
      fc.property(fc.nat(60_000), fc.nat(60_000), (t, later) => {
        expect(compareRatios(discount(auction, t + later), discount(auction, t))).toBeLessThanOrEqual(0)
      }),
    ))
})

describe('insolventShare', () => {
  it.each([
    [0, '0'],
    [15_000, '0.25'],
    [60_000, '1'],
    [60_001, '1'],
    [90_000, '1'],
  ])('is at %i ms %s', (elapsed_ms, expected) => expectRatio(insolventShare(auction, elapsed_ms), expected))

  it('is all of it at once where no time is given', () =>
    expectRatio(insolventShare({ ...auction, insolventSeconds: 0 }, 0), '1'))
})

describe('auctionLength_ms', () => {
  it('is both phases for a solvent account, its own time for an insolvent one', () => {
    expect([auctionLength_ms(auction, true), auctionLength_ms(auction, false)]).toEqual([50_000, 60_000])
    expect(compareRatios(discount(auction, auctionLength_ms(auction, true)), whole(zero))).toBe(0)
  })
})
