import fc from 'fast-check'
import { readPiecemeal } from './piecemeal'

/** As `JSON.parse` would have it, but for the list that is gone through. */
const gone = (text: string): unknown => {
  const fields = readPiecemeal(text, 'passing') as { readonly passing?: Iterable<unknown> }
  return fields.passing === undefined ? fields : { ...fields, passing: [...fields.passing] }
}

describe('an object that is read piece by piece', () => {
  it('is what it would be if it were read at once', () =>
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), (fields, passing) => {
        const whole: unknown = JSON.parse(JSON.stringify({ ...fields, passing }))
        // A field of this name is no field where it is assigned.
        fc.pre(!Object.hasOwn(fields, '__proto__'))
        expect(gone(JSON.stringify(whole))).toEqual(whole)
      }),
    ))

  it('may have nothing in it, and quotes and brackets within quotes', () => {
    for (const text of [
      '{}',
      '{"passing":[]}',
      '{"a":1,"passing":[{}],"z":[]}',
      '{"]}\\"":"[{,\\\\","passing":["]","\\"]"]}',
    ])
      expect(gone(text)).toEqual(JSON.parse(text))
  })

  it('reads nothing of a list before its turn comes', () => {
    const { passing } = readPiecemeal('{"passing":[1,2,oops]}', 'passing') as { readonly passing: Iterable<number> }
    const met: number[] = []
    expect(() => {
      for (const each of passing) met.push(each)
    }).toThrow(SyntaxError)
    expect(met).toEqual([1, 2])
  })

  it('is refused where it is cut short, or bent, anywhere', () => {
    const text = '{"a":[1,{"b":"c"}],"passing":[["x",{"y":2}],["z",{}]],"w":true}'
    for (let end = 0; end < text.length; end += 1) expect(() => gone(text.slice(0, end))).toThrow(SyntaxError)
    for (let at = 0; at < text.length; at += 1)
      if ('[]{},:"'.includes(text.charAt(at)))
        expect(() => gone(`${text.slice(0, at)}!${text.slice(at + 1)}`)).toThrow(SyntaxError)
  })
})
