import fc from 'fast-check'
import { parse, v5 } from 'uuid'
import { genesis, idOf, idsOf, sha256 } from './digest'

/** The same module on a Node that has no `crypto.hash` yet. */
const onAnOlderNode = (): typeof import('./digest') => {
  const { hash: _, ...older } = jest.requireActual('node:crypto')
  let loaded: typeof import('./digest') | undefined
  jest.doMock('node:crypto', () => older)
  jest.isolateModules(() => {
    loaded = require('./digest')
  })
  jest.dontMock('node:crypto')
  if (loaded === undefined) throw new Error('not loaded')
  return loaded
}

describe('digests', () => {
  it('are SHA-256 in hexadecimal', () =>
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))

  it('begin a chain with zeros', () => expect(genesis).toMatch(/^0{64}$/))

  it('are the same on every Node', () => {
    const older = onAnOlderNode()
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(older.sha256(text)).toBe(sha256(text))
        expect(older.idOf(text)).toBe(idOf(text))
      }),
    )
  })
})

describe('an id', () => {
  it('is a UUID of version 5 that its words decide, and never changes', () => {
    expect(idOf('margin', 'c-17', 'CallMargin', 'alice')).toBe('b452c533-0da5-58b0-ab73-e793f6050110')
    expect(idOf('margin', 'c-17', 'CallMargin', 'bob')).not.toBe(idOf('margin', 'c-17', 'CallMargin', 'alice'))
  })

  it('is what others make of the same words', () => {
    const namespace = parse('b2b3d3a4-6f0e-5d83-9c4e-6e6f76617469')
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        expect(idOf(...words)).toBe(v5(Buffer.from(words.join('\n')), namespace))
      }),
    )
  })

  it('of a digest is the same where many are made, and of any other text too', () => {
    const ids = idsOf('event')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of [sha256(text), text, text.padEnd(64, 'é').slice(0, 64)])
          expect(ids(word)).toBe(idOf('event', word))
      }),
    )
  })

  it('tells words from parts of words', () => expect(idOf('a', 'bc')).not.toBe(idOf('ab', 'c')))
})
