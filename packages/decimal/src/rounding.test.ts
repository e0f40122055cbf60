import fc from 'fast-check'
import {
  ceil,
  decimal,
  divideCeil,
  divideFloor,
  floor,
  format,
  isNegative,
  isPositive,
  places as placesOf,
  unit,
  zero,
} from '.'
import { scaledInteger, textOf } from './arbitraries'

const scale = 12
const of = (scaled: bigint) => decimal(textOf(scaled, scale))
const floorOf = (n: bigint, d: bigint) => n / d - (n % d !== 0n && n < 0n !== d < 0n ? 1n : 0n)
const ceilOf = (n: bigint, d: bigint) => -floorOf(-n, d)
const written = (scaled: bigint, places: number) => format(decimal(textOf(scaled, places)))
const anyPlaces = fc.nat(30)
const divisor = scaledInteger.filter((d) => d !== 0n)
const many = { numRuns: 3000 }

describe('rounding', () => {
  it.each([
    ['1', '3', '3', '4'],
    ['-1', '-3', '3', '4'],
    ['-1', '3', '-4', '-3'],
    ['1', '-3', '-4', '-3'],
  ])('divides %s by %s down and up to more places than anybody needs', (n, d, down, up) => {
    const places = 1100
    // As many threes, and what the last one is rounded to.
    const ends = (last: string) =>
      `${last.startsWith('-') ? '-' : ''}0.${'3'.repeat(places - 1)}${last.replace('-', '')}`
    expect(format(divideFloor(decimal(n), decimal(d), places))).toBe(ends(down))
    expect(format(divideCeil(decimal(n), decimal(d), places))).toBe(ends(up))
  })

  it('rounds down and up toward the infinities, as integer division does', () =>
    fc.assert(
      fc.property(scaledInteger, fc.nat(scale), (a, places) => {
        const step = 10n ** BigInt(scale - places)
        expect(format(floor(of(a), places))).toBe(written(floorOf(a, step), places))
        expect(format(ceil(of(a), places))).toBe(written(ceilOf(a, step), places))
      }),
      many,
    ))

  it('divides down and up exactly, whatever the signs and however small the remainder', () =>
    fc.assert(
      fc.property(scaledInteger, divisor, anyPlaces, (n, d, places) => {
        const shifted = n * 10n ** BigInt(places)
        expect(format(divideFloor(of(n), of(d), places))).toBe(written(floorOf(shifted, d), places))
        expect(format(divideCeil(of(n), of(d), places))).toBe(written(ceilOf(shifted, d), places))
      }),
      many,
    ))

  it('sees a remainder that stands far behind the last place', () =>
    fc.assert(
      fc.property(
        fc.bigInt({ min: -1000n, max: 1000n }),
        divisor,
        fc.constantFrom(-1n, 0n, 1n),
        fc.nat(12),
        (q, d, off, places) => {
          const n = q * d + off
          const shift = 10n ** BigInt(places)
          // n / (d * shift), whose quotient ends just at, before or behind the last place
          expect(format(divideFloor(of(n), of(d * shift), places))).toBe(written(floorOf(n, d), places))
          expect(format(divideCeil(of(n), of(d * shift), places))).toBe(written(ceilOf(n, d), places))
        },
      ),
      many,
    ))

  it('never makes a negative zero', () =>
    fc.assert(
      fc.property(scaledInteger, divisor, anyPlaces, (n, d, places) => {
        for (const a of [
          floor(of(n), places),
          ceil(of(n), places),
          divideFloor(of(n), of(d), places),
          divideCeil(of(n), of(d), places),
        ]) {
          expect(format(a)).not.toMatch(/^-0(\.0*)?$/)
          if (format(a) === '0') expect([isNegative(a), isPositive(a)]).toEqual([false, false])
          expect(placesOf(a)).toBeLessThanOrEqual(places)
        }
      }),
    ))

  it('refuses to divide by zero', () => {
    expect(() => divideFloor(unit(0), zero, 2)).toThrow()
    expect(() => divideCeil(zero, zero, 2)).toThrow()
  })

  it('knows the smallest unit of an asset', () => {
    expect([0, 2, 18].map((n) => format(unit(n)))).toEqual(['1', '0.01', '0.000000000000000001'])
    expect(unit(0)).toEqual(decimal('1'))
  })
})
