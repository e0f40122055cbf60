import type * as t from 'io-ts'
import { explainErrors } from './explain'
import { oneOf, wholeNumber } from './reading'

const verdict = (codec: t.Mixed, text: unknown): unknown => {
  const read = codec.decode(text)
  return read._tag === 'Right' ? read.right : explainErrors(read.left, 'it')
}

describe('a whole number as it is written', () => {
  const port = wholeNumber(1, 65_535)

  it.each(['1', '8080', '65535', '007'])('is %s', (text) => {
    expect(verdict(port, text)).toBe(Number(text))
    expect(port.is(text)).toBe(true)
  })

  it.each(['', ' ', '0', '65536', '-1', '+1', '1.0', '1e3', '0x10', '1 ', '٣', '1'.repeat(16)])('is not %j', (text) => {
    expect(verdict(port, text)).toBe(`it: expected a whole number from 1 to 65535, found ${JSON.stringify(text)}`)
    expect(port.is(text)).toBe(false)
  })

  it('has fifteen digits at most, so that it is exact', () => {
    const any = wholeNumber(0, Number.MAX_SAFE_INTEGER)
    expect(verdict(any, '9'.repeat(15))).toBe(999_999_999_999_999)
    expect(verdict(any, `1${'0'.repeat(15)}`)).toContain('expected a whole number')
  })

  it.each([8080, null, undefined, ['8080']])('is a text, and not %j', (value) =>
    expect(verdict(port, value)).toContain('it: expected a whole number from 1 to 65535'),
  )
})

describe('one of a few words', () => {
  const depth = oneOf('chain', 'state')

  it.each(['chain', 'state'])('is %s', (word) => expect(verdict(depth, word)).toBe(word))

  it.each(['', 'Chain', 'chains', 'chain ', 'constructor'])('is not %j', (word) =>
    expect(verdict(depth, word)).toBe(`it: expected chain or state, found ${JSON.stringify(word)}`),
  )
})
