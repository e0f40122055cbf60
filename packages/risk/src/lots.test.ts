import { decimal, format, integer, ratio } from '@novation/decimal'
import fc from 'fast-check'
import { fewest, lotsOf, quantityOf } from './lots'

describe('lots', () => {
  it('are counted up to the quantity, however small a lot is', () => {
    expect(lotsOf(ratio(integer(1), integer(3)), decimal('0.25'))).toBe(2n)
    expect(lotsOf(ratio(integer(5), integer(1)), decimal('0.000000000000000001'))).toBe(5_000_000_000_000_000_000n)
  })

  it('make a quantity, but no more than is held', () => {
    expect(format(quantityOf(3n, decimal('0.25'), decimal('10')))).toBe('0.75')
    expect(format(quantityOf(3n, decimal('0.25'), decimal('0.6')))).toBe('0.6')
  })
})

describe('fewest', () => {
  it('finds the least number that is enough, or the most there is', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 20n }),
        fc.bigInt({ min: 1n, max: 2n * 10n ** 20n }),
        (most, needed) => expect(fewest(most, (n) => n >= needed)).toBe(needed < most ? needed : most),
      ),
    ))
})
