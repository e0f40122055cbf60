import fc from 'fast-check'
import { decimal, format, halfEvenRatio, ratio, whole } from '.'
import { scaledInteger, textOf } from './arbitraries'

const nearest = (n: bigint, d: bigint): bigint => {
  const [over, under] = d < 0n ? [-n, -d] : [n, d]
  const floor = over / under - (over % under !== 0n && over < 0n ? 1n : 0n)
  const twice = 2n * (over - floor * under)
  if (twice === under) return floor % 2n === 0n ? floor : floor + 1n
  return twice < under ? floor : floor + 1n
}

describe('half to even', () => {
  it.each([
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['-0.125', 2, '-0.12'],
    ['-0.135', 2, '-0.14'],
    ['100.035', 2, '100.04'],
    ['100.025', 2, '100.02'],
    ['0.1250000000000000001', 2, '0.13'],
    ['0.5', 0, '0'],
    ['1.5', 0, '2'],
    ['-0.5', 0, '0'],
    ['7', 2, '7'],
  ])('rounds %s at %i places to %s', (text, places, rounded) =>
    expect(format(halfEvenRatio(whole(decimal(text)), places))).toBe(rounded),
  )

  it('is the nearest of all quotients, as integer division says', () =>
    fc.assert(
      fc.property(
        scaledInteger,
        scaledInteger.filter((d) => d !== 0n),
        fc.nat(20),
        (n, d, places) => {
          const exact = nearest(n * 10n ** BigInt(places), d)
          expect(format(halfEvenRatio(ratio(decimal(textOf(n, 12)), decimal(textOf(d, 12))), places))).toBe(
            format(decimal(textOf(exact, places))),
          )
        },
      ),
      { numRuns: 2000 },
    ))
})
