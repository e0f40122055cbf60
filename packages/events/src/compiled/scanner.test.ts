import * as t from 'io-ts'
import { closed, oneOf, open } from '../fields'
import { AmountText, Count, Id, InstantText, Places, Reason } from '../text'
import { scannerOf } from './scanner'

const amounts = t.readonlyArray(open('Amount', { of: Id, sum: AmountText }))
const codec = open(
  'Whole',
  {
    amounts,
    at: InstantText,
    kind: oneOf('a.b', 'c|d'),
    names: t.readonlyArray(Id),
    places: Places,
    type: t.literal('x.y'),
  },
  { isLast: t.boolean, note: Reason },
)
const sound = {
  amounts: [
    { of: 'USD', sum: '1.5' },
    { of: 'EUR', sum: '-2' },
  ],
  at: '2020-03-12T10:00:00Z',
  kind: 'a.b',
  names: ['a', 'b', 'a-name-of-more-than-a-dozen-letters'],
  places: 18,
  type: 'x.y',
}
/** In the order of canonical JSON, which is that of the alphabet. */
const written = (change: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries({ ...sound, ...change }).sort(([a], [b]) => (a < b ? -1 : 1))))
const { scan, dissect } = scannerOf<typeof sound>(codec)

describe('a scanner', () => {
  it.each([
    {},
    { isLast: true },
    { isLast: false, note: 'of $5, [and more], é' },
    { note: '' },
    { kind: 'c|d' },
    { names: [] },
    { amounts: [] },
    { amounts: sound.amounts.slice(0, 1) },
    { places: 0 },
  ])('reads what its codec takes, with %j', (change) => {
    expect(scan(written(change))).toStrictEqual(JSON.parse(written(change)))
    expect(scan(written(change))).toStrictEqual(JSON.parse(written(change)))
  })

  it.each([
    { places: 19 },
    { places: -1 },
    { places: 1.5 },
    { places: '18' },
    { kind: 'axb' },
    { kind: 'c' },
    { type: 'xzy' },
    { at: '2020-02-30T10:00:00Z' },
    { isLast: 'true' },
    { isLast: null },
    { names: ['a b'] },
    { names: ['a', 5] },
    { names: 'a' },
    { amounts: [{ of: 'USD' }] },
    { amounts: [{ of: 'USD', sum: '1e3' }] },
    { amounts: [...sound.amounts, { of: 'GBP', sum: 5 }] },
    { note: 'a\nb' },
    { zeal: 1 },
  ])('leaves to others what it does not, with %j', (change) => {
    expect(scan(written(change))).toBeUndefined()
    expect(dissect(written(change))).toBeUndefined()
    // And is none the worse for it.
    expect(scan(written({}))).toStrictEqual(sound)
  })

  it.each([
    ['a list that begins with a comma', '"names":[', '"names":[,'],
    ['a list that ends with one', '-letters"]', '-letters",]'],
    ['two items without one', '"a","b"', '"a""b"'],
    ['a list with another bracket', '["a","b"', '[["a","b"'],
    ['a number that begins with nothing', '"places":18', '"places":018'],
    ['white space', ',"kind"', ', "kind"'],
  ])('leaves to others %s', (_, from, to) => {
    expect(written({})).toContain(from)
    expect(scan(written({}).replace(from, to))).toBeUndefined()
  })

  it('gives the text of each part that is there', () => {
    const { value, textOf } = dissect(written({ isLast: true })) ?? { value: undefined, textOf: String }
    expect(value).toStrictEqual({ ...sound, isLast: true })
    expect(['amounts', 'isLast', 'note', 'places'].map(textOf)).toEqual([
      JSON.stringify(sound.amounts),
      'true',
      '',
      '18',
    ])
    expect(textOf('another')).toBe('')
  })

  it('reads numbers of up to fifteen digits and leaves longer ones to others', () => {
    const { scan } = scannerOf(open('Counted', { n: Count }))
    expect(scan('{"n":999999999999999}')).toStrictEqual({ n: 999_999_999_999_999 })
    expect(scan('{"n":1000000000000000}')).toBeUndefined()
    expect(scan('{"n":0}')).toStrictEqual({ n: 0 })
  })

  it('reads any choice of many fields that may be left out, and none as undefined', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const { scan } = scannerOf(open('Many', { m: Id }, Object.fromEntries(names.map((name) => [name, Id]))))
    for (let choice = 0; choice < 2 ** names.length; choice += 1) {
      const chosen = names.filter((_, i) => choice & (1 << i))
      const value = Object.fromEntries([...chosen, 'm'].sort().map((name) => [name, name]))
      expect(scan(JSON.stringify(value))).toStrictEqual(value)
    }
  })

  it('reads an object within an object, whose fields may be left out too', () => {
    const { scan } = scannerOf(open('Outside', { in: closed('Inside', {}, { x: Id, y: t.boolean }) }))
    for (const value of [{}, { x: '1' }, { y: false }, { x: '1', y: true }])
      expect(scan(JSON.stringify({ in: value }))).toStrictEqual({ in: value })
    expect(scan('{"in":{"x":"1""y":true}}')).toBeUndefined()
  })

  it('leaves a text of more than 2^18 characters to others', () => {
    const { scan, dissect } = scannerOf(open('Long', { list: t.readonlyArray(Id) }))
    const of = (length: number) => `{"list":[${Array(length).fill('"a"').join(',')}]}`
    const [fits, tooLong] = [of(65_533), of(65_534)]
    expect([fits.length, tooLong.length]).toEqual([2 ** 18 - 2, 2 ** 18 + 2])
    expect(scan(fits)).toBeDefined()
    expect([scan(tooLong), dissect(tooLong)]).toEqual([undefined, undefined])
  })

  it('is not made for what it cannot read', () =>
    expect(() => scannerOf(open('Odd', { odd: t.union([Id, Count]) }))).toThrow('no scanner for (Id | Count)'))
})
