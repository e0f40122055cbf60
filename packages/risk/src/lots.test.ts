import { decimal, format, ratio } from '@novation/decimal'
import { fewestLots, lotsOf, quantityOf } from './lots'

const upTo = (most: number): readonly bigint[] => Array.from({ length: most + 1 }, (_, n) => BigInt(n))

describe('the fewest lots that are enough', () => {
  it('are found from any guess, in steps that grow with the logarithm of how far off it is', () => {
    for (const most of upTo(20).slice(1))
      for (const needed of upTo(Number(most) + 1).slice(1))
        for (const guess of [-3n, ...upTo(Number(most) + 3)]) {
          let tried = 0
          const enough = (lots: bigint): boolean => {
            tried += 1
            // Zero is known not to be enough, and all that is held is all there is.
            if (lots < 1n || lots > most) throw new RangeError(`${lots} of ${most} lots`)
            return lots >= needed
          }
          const within = needed > most ? most : needed
          expect(fewestLots(guess, most, enough)).toBe(within)
          const begun = guess < 1n ? 1n : guess < most ? guess : most
          const off = Number(begun > within ? begun - within : within - begun)
          expect(tried).toBeLessThanOrEqual(2 + 2 * Math.ceil(Math.log2(off + 1)))
        }
  })

  it('are found at once where the guess is right, however many there are', () => {
    const tried: bigint[] = []
    const needed = 10n ** 15n
    const enough = (lots: bigint): boolean => {
      tried.push(lots)
      return lots >= needed
    }
    expect(fewestLots(needed, 10n ** 18n, enough)).toBe(needed)
    expect(tried).toEqual([needed, needed - 1n])
    tried.length = 0
    expect(fewestLots(needed - 3n, 10n ** 18n, enough)).toBe(needed)
    expect(tried).toEqual([needed - 3n, needed - 2n, needed, needed - 1n])
    tried.length = 0
    expect(fewestLots(needed + 5n, 10n ** 18n, enough)).toBe(needed)
    expect(tried).toEqual([needed + 5n, needed + 4n, needed + 2n, needed - 2n, needed, needed - 1n])
  })
})

describe('lots and quantities', () => {
  it.each([
    ['10', '1', '0.1', 100n],
    ['10', '3', '0.1', 34n],
    ['0.01', '1', '0.1', 1n],
    ['0', '1', '0.1', 0n],
    ['1000000000000', '1', '0.000000000000000001', 10n ** 30n],
  ])('%s/%s is so many lots of %s, rounded up', (numerator, denominator, lot, lots) => {
    expect(lotsOf(ratio(decimal(numerator), decimal(denominator)), decimal(lot))).toBe(lots)
  })

  it('never are more than is held', () => {
    expect(format(quantityOf(3n, decimal('0.1'), decimal('10')))).toBe('0.3')
    expect(format(quantityOf(101n, decimal('0.1'), decimal('10')))).toBe('10')
  })
})
