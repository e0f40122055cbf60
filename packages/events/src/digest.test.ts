import { genesis, idOf, sha256 } from './digest'

describe('digests', () => {
  it('are SHA-256 in hexadecimal', () =>
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))

  it('begin a chain with zeros', () => expect(genesis).toMatch(/^0{64}$/))
})

describe('an id', () => {
  it('is a UUID of version 5 that its words decide, and never changes', () => {
    expect(idOf('margin', 'c-17', 'CallMargin', 'alice')).toBe('b452c533-0da5-58b0-ab73-e793f6050110')
    expect(idOf('margin', 'c-17', 'CallMargin', 'bob')).not.toBe(idOf('margin', 'c-17', 'CallMargin', 'alice'))
  })

  it('tells words from parts of words', () => expect(idOf('a', 'bc')).not.toBe(idOf('ab', 'c')))
})
