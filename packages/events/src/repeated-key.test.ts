import fc from 'fast-check'
import { repeatedKey } from './repeated-key'

const repeatedIn = (text: string): string | undefined => repeatedKey(text, JSON.parse(text))

describe('a key that stands twice', () => {
  it.each([
    ['{"a":1,"a":1}', 'a'],
    ['{"a":1,"b":{"c":1,"c":2}}', 'c'],
    ['[{"a":[{"b":1},{"b":1,"b":{}}]}]', 'b'],
    ['{"id":1,"\\u0069d":2}', 'id'],
    ['{"a" : 1 , "a" : 2}', 'a'],
    ['{"a\\"":1,"a\\"":2}', 'a"'],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"":1,"":2}', ''],
  ])('is found in %s', (text, key) => expect(repeatedIn(text)).toBe(key))

  it.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"b:c","b":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"\\\\","b":":"}',
    '{"__proto__":{"a":1}}',
    '":"',
    'null',
  ])('is not found in %s', (text) => expect(repeatedIn(text)).toBeUndefined())

  it('is looked for only where a text writes more keys than its value has', () => {
    const search = jest.spyOn(String.prototype, 'matchAll')
    const text = '{"a":{"b:":[1,"x:",{"c\\":":null}]},"d":{},"e":[]}'
    expect(repeatedIn(text)).toBeUndefined()
    expect(search).not.toHaveBeenCalled()
    expect(repeatedIn(`{"d":1,${text.slice(1)}`)).toBe('d')
    expect(search).toHaveBeenCalledTimes(1)
    search.mockRestore()
  })

  it('is never found in what JSON.stringify writes, and always where a key is written once more', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), (record, nth) => {
        const text = JSON.stringify(record)
        expect(repeatedIn(text)).toBeUndefined()
        const keys = Object.keys(record)
        const key = keys[nth % keys.length] ?? ''
        expect(repeatedIn(`{${JSON.stringify(key)}:0,${text.slice(1)}`)).toBe(key)
      }),
    ))
})
