import { difference } from './difference'

describe('where two values part', () => {
  it.each([
    [1, 1, undefined],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }, undefined],
    ['x', 'y', 'the event: the rules give "x", the ledger says "y"'],
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, 'b: the rules give 2, the ledger says 3'],
    [{ a: { b: 1 } }, { a: { b: 2 } }, 'a.b: the rules give 1, the ledger says 2'],
    [{ a: [1, 2] }, { a: [1, 3] }, 'a.1: the rules give 2, the ledger says 3'],
    [{ a: [1] }, { a: [1, 2] }, 'a.1: the rules give nothing, the ledger says 2'],
    [{ a: 1 }, {}, 'a: the rules give 1, the ledger says nothing'],
    [{}, { a: 1 }, 'a: the rules give nothing, the ledger says 1'],
    [{ a: null }, { a: {} }, 'a: the rules give null, the ledger says {}'],
    [{ a: {} }, { a: null }, 'a: the rules give {}, the ledger says null'],
    [{ a: [] }, { a: {} }, 'a: the rules give [], the ledger says {}'],
    [{ a: 'x' }, { a: ['x'] }, 'a: the rules give "x", the ledger says ["x"]'],
    [undefined, { a: 1 }, 'the event: the rules give nothing, the ledger says {"a":1}'],
  ])('%j and %j', (given, said, told) => expect(difference(given, said)).toBe(told))

  it('is not told at length', () => {
    const shown = (length: number) => difference('', 'x'.repeat(length))?.split('says ')[1]
    expect(shown(118)).toBe(`"${'x'.repeat(118)}"`)
    expect(shown(119)).toBe(`"${'x'.repeat(116)}…`)
  })
})
