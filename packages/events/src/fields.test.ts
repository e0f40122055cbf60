import fc from 'fast-check'
import * as t from 'io-ts'
import { anyJson, arbitraryOf, nearlyOf } from './arbitraries'
import { commandData } from './commands'
import { type EventType, eventData } from './event-data'
import { explainErrors } from './explain'
import { closed, oneOf, open, tolerant } from './fields'
import { Id } from './text'

const inner = closed('Inner', { a: Id })
const shape = { id: Id, kind: oneOf('x', 'y'), list: t.readonlyArray(inner) }
const told = (codec: t.Mixed, value: unknown): string => {
  const result = codec.decode(value)
  return result._tag === 'Left' ? explainErrors(result.left, 'it') : 'taken'
}

describe('closed fields', () => {
  const codec = closed('Closed', shape, { more: inner })
  const good = { id: 'a', kind: 'x', list: [{ a: 'b' }], more: { a: 'c' } }

  it('take exactly the named ones', () => expect(told(codec, good)).toBe('taken'))

  it('may go without an optional one', () => expect(told(codec, { id: 'a', kind: 'x', list: [] })).toBe('taken'))

  it('refuse any other, at every depth', () => {
    expect(told(codec, { ...good, z: 1 })).toBe('z: unknown field')
    expect(told(codec, { ...good, list: [{ a: 'b' }, { a: 'b', z: 1 }] })).toBe('list.1.z: unknown field')
    expect(told(codec, { ...good, more: { a: 'c', z: 1 } })).toBe('more.z: unknown field')
  })

  it('refuse names that every object inherits', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const value: unknown = JSON.parse(`{"id":"a","kind":"x","list":[],"${key}":{"a":"b"}}`)
      expect(told(codec, value)).toBe(`${key}: unknown field`)
    }
  })

  it('do not inherit what is missing', () =>
    expect(told(codec, Object.create(good))).toContain('id: expected 1 to 64 of A-Z a-z 0-9 . _ : -, found nothing'))

  it('tell every mistake, not only the first', () =>
    expect(told(codec, { id: '', kind: 'z', list: {} })).toBe(
      'id: expected 1 to 64 of A-Z a-z 0-9 . _ : -, found ""; ' +
        'kind: expected "x" | "y", found "z"; list: expected an array, found an object',
    ))

  it('are an object', () => {
    for (const value of [null, [], 'x', 1, true, undefined])
      expect(told(codec, value)).toContain('it: expected an object')
  })
})

describe('open fields', () => {
  it('pass over what they do not name', () =>
    expect(open('Open', shape).decode({ id: 'a', kind: 'x', list: [], z: 1 })).toEqual(
      t.success({ id: 'a', kind: 'x', list: [] }),
    ))

  it('take an object that is nothing else as it is', () => {
    const value = { id: 'a', kind: 'x', list: [{ a: 'b' }] }
    expect(open('Open', shape).decode(value)).toEqual(t.success(value))
  })

  it('are no reason to copy an object that has no others', () => {
    const value = { id: 'a', kind: 'x', list: [{ a: 'b' }] }
    for (const codec of [open('Open', shape), closed('Closed', shape)]) {
      const read = codec.decode(value)
      expect(read._tag === 'Right' && read.right).toBe(value)
    }
  })

  it('pass over it at every depth where an event holds the terms of a command', () => {
    const value = { id: 'a', kind: 'x', list: [{ a: 'b', z: 1 }], z: 1 }
    expect(tolerant(closed('Closed', shape)).decode(value)).toEqual(
      t.success({ id: 'a', kind: 'x', list: [{ a: 'b' }] }),
    )
  })

  it('never lead to a closed one inside an event', () => {
    const closedIn = (codec: unknown): boolean => {
      if (typeof codec !== 'object' || codec === null) return false
      if ('_tag' in codec && codec._tag === 'FieldsType' && 'closed' in codec && codec.closed === true) return true
      return Object.values(codec).some(closedIn)
    }
    for (const type of Object.keys(eventData) as EventType[])
      expect([type, closedIn(eventData[type])]).toEqual([type, false])
  })
})

describe.each([...Object.entries(commandData), ...Object.entries(eventData)])(
  'the codec of %s',
  (_, codec: t.Mixed) => {
    it('takes what it was made from, unchanged, and writes it back', () =>
      fc.assert(
        fc.property(arbitraryOf(codec), (value) => {
          expect(codec.decode(value)).toEqual(t.success(value))
          expect(codec.encode(value)).toEqual(value)
        }),
        { numRuns: 20 },
      ))

    it('gives a reason exactly where it refuses', () =>
      fc.assert(
        fc.property(fc.oneof(nearlyOf(codec), anyJson), (value) => {
          const result = codec.decode(value)
          expect(codec.is(value)).toBe(result._tag === 'Right')
          if (result._tag === 'Left')
            expect(explainErrors(result.left, 'it')).toMatch(
              /^("(\\.|[^"\\])*"|\S)+: (expected .+, found |unknown field)/,
            )
        }),
        { numRuns: 40 },
      ))
  },
)
