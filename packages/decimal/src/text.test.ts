import fc from 'fast-check'
import { decimal, equals, format, integer, multiply, negate, places, toNumber, zero } from '.'
import { scaledInteger, textOf } from './arbitraries'

describe('decimal', () => {
  it.each([
    '',
    ' ',
    '1 ',
    '+1',
    '.5',
    '5.',
    '1e3',
    '1,000',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1.2.3',
    '1/5',
    '1-5',
    '1:5',
    '1\n',
    '١',
  ])('refuses %j and says so', (text) =>
    expect(() => decimal(text)).toThrow(new TypeError(`not a decimal in plain notation: ${JSON.stringify(text)}`)),
  )

  it.each([1, null, undefined, 1n])('refuses %p, which is no text', (value) =>
    expect(() => decimal(value as unknown as string)).toThrow(),
  )

  it('reads what format writes, at any size', () =>
    fc.assert(
      fc.property(scaledInteger, fc.nat(40), (scaled, scale) => {
        const text = format(decimal(textOf(scaled, scale)))
        expect(equals(decimal(text), decimal(textOf(scaled, scale)))).toBe(true)
        expect(text).toMatch(/^(0|-?(0|[1-9]\d*)\.\d*[1-9]|-?[1-9]\d*)$/)
      }),
    ))

  it('writes no exponent, no needless zero and no negative zero', () => {
    expect(
      ['0.00000000000001', '1.500', '-0', '-0.00', '007', '1000000000000000000000000'].map((t) => format(decimal(t))),
    ).toEqual(['0.00000000000001', '1.5', '0', '0', '7', '1000000000000000000000000'])
    expect(format(negate(zero))).toBe('0')
    expect(format(multiply(decimal('-3'), zero))).toBe('0')
  })
})

describe('integer', () => {
  it('takes safe integers', () => {
    expect([0, -0, -7, 2 ** 53 - 1].map((n) => format(integer(n)))).toEqual(['0', '0', '-7', '9007199254740991'])
  })

  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('refuses %p', (n) =>
    expect(() => integer(n)).toThrow(TypeError),
  )
})

describe('places and toNumber', () => {
  it('counts the decimals in use', () => {
    expect(['0', '100', '1.20', '-0.001', '12.5'].map((t) => places(decimal(t)))).toEqual([0, 0, 1, 3, 1])
  })

  it('gives the nearest double', () => {
    expect(toNumber(decimal('-0.1'))).toBe(-0.1)
    expect(toNumber(decimal('9007199254740993'))).toBe(9007199254740992)
  })
})
