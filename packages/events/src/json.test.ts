import fc from 'fast-check'
import { anyJson } from './arbitraries'
import { canonicalJson } from './json'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inside]) => [key, shuffled(inside)]),
  )
}

describe('canonical JSON', () => {
  it('orders keys at every depth and writes no white space', () =>
    expect(canonicalJson({ b: [{ z: 1, a: 'x' }], a: null, B: true })).toBe(
      '{"B":true,"a":null,"b":[{"a":"x","z":1}]}',
    ))

  it('orders keys by their UTF-16 units, as RFC 8785 shows', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6']
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])))
    expect(text).toBe('{"\\r":0,"1":0,"\u0080":0,"\u00f6":0,"\u20ac":0,"\ud83d\ude00":0,"\ufb33":0}')
  })

  it('orders keys that look like numbers as texts', () => expect(canonicalJson({ 9: 0, 10: 0 })).toBe('{"10":0,"9":0}'))

  it('leaves out fields that are undefined', () => expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}'))

  it('escapes what JSON escapes, and nothing else', () => {
    for (const text of ['"', '\\', '\n', '\u0000', '\u007f', '\u2028', '/', 'é', '\ud800', '']) {
      expect(canonicalJson(text)).toBe(JSON.stringify(text))
    }
  })

  it.each([
    ['a number that is not finite', Number.NaN],
    ['a bigint', 1n],
    ['undefined', undefined],
    ['a hole in an array', [undefined]],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a map', new Map([['a', 1]])],
  ])('refuses to write %s as something else', (_, value) =>
    expect(() => canonicalJson({ value: [value] })).toThrow(TypeError),
  )

  it('does not depend on the order of keys', () =>
    fc.assert(fc.property(anyJson, (value) => canonicalJson(shuffled(value)) === canonicalJson(value))))

  it('is read back as the same value', () =>
    fc.assert(fc.property(anyJson, (value) => expect(JSON.parse(canonicalJson(value))).toEqual(value))))

  it('is stable when written again', () =>
    fc.assert(
      fc.property(anyJson, (value) => canonicalJson(JSON.parse(canonicalJson(value))) === canonicalJson(value)),
    ))
})
