import * as t from 'io-ts'
import { closed, oneOf, open } from '../fields'
import { canonicalJson } from '../json'
import { AmountText, Count, Id } from '../text'
import { canonicalWriterOf } from './writer'

const posting = open('Posting', { account: Id, amount: AmountText })
const codec = open(
  'Whole',
  { kind: oneOf('a', 'b'), n: Count, postings: t.readonlyArray(posting), type: t.literal('x') },
  { after: Id, in: closed('Inside', {}, { x: Id, y: t.boolean }), isLast: t.boolean },
)
const write = canonicalWriterOf<object>(codec)
const sound = {
  type: 'x',
  n: 5,
  kind: 'b',
  postings: [
    { amount: '1', account: 'a' },
    { amount: '-1', account: 'b "é"' },
  ],
}

describe('a writer', () => {
  it.each([
    {},
    { postings: [] },
    { isLast: true },
    { isLast: false, after: 'a' },
    { in: {} },
    { in: { y: true, x: '1' } },
    { after: '"', in: { y: false } },
  ])('writes the canonical text itself, with %j', (change) =>
    expect(write({ ...sound, ...change })).toBe(canonicalJson({ ...sound, ...change })),
  )

  it.each([
    { n: '5' },
    { n: Number.NaN },
    { kind: 1 },
    { type: null },
    { isLast: 'true' },
    { postings: {} },
    { postings: [null] },
    { postings: [{ account: 'a' }] },
    { postings: [{ account: 'a', amount: '1', more: '' }] },
    { in: { z: '1' } },
    { in: 'x' },
    { after: undefined },
    { zeal: 1 },
  ])('leaves to others what its codec does not name, with %p', (change) => {
    expect(write({ ...sound, ...change })).toBeUndefined()
    // And is none the worse for it.
    expect(write(sound)).toBe(canonicalJson(sound))
  })

  it.each([undefined, null, 'x', [], {}])('leaves %p to others', (value) =>
    expect(write(value as unknown as object)).toBeUndefined(),
  )

  it('writes an object whose first field may be left out, and one that has none at all', () => {
    const sparse = canonicalWriterOf<object>(open('Sparse', { b: Id }, { a: Id, c: Id }))
    for (const value of [{ b: '1' }, { a: '1', b: '2' }, { b: '1', c: '2' }, { a: '1', b: '2', c: '3' }])
      expect(sparse(value)).toBe(JSON.stringify(value))
    const empty = canonicalWriterOf<object>(closed('Empty', {}))
    expect([empty({}), empty({ a: 1 })]).toEqual(['{}', undefined])
  })

  it('is not made for what it cannot write', () =>
    expect(() => canonicalWriterOf(open('Odd', { odd: t.union([Id, Count]) }))).toThrow('no writer for (Id | Count)'))
})
