import { compare, exactly, less, ratio, readable, sumOf } from './amounts'

describe('an amount for people', () => {
  it.each([
    ['0', '0.00'],
    ['5', '5.00'],
    ['-1234567.891', '-1,234,567.89'],
    ['999999999999999999.999999999999999999', '999,999,999,999,999,999.99'],
    ['0.004', '0.004'],
    ['-0.000012', '-0.00001'],
    ['-0', '0.00'],
    ['100.5', '100.50'],
  ])('%s is %s: cut, never rounded, and what is not nothing does not look so', (amount, shown) =>
    expect(readable(amount)).toBe(shown),
  )

  it('has as many places as are asked for', () => {
    expect([readable('12.3456', 0), readable('12.3456', 3)]).toEqual(['12', '12.345'])
  })

  it('is as it is where all of its places say something', () =>
    expect([exactly('1234.500001'), exactly('-0.25'), exactly('7')]).toEqual(['1,234.500001', '-0.25', '7']))

  it('is no amount where it is none', () => expect(() => readable('1e3')).toThrow('no decimal: 1e3'))
})

describe('the arithmetic of a page', () => {
  it('is exact, whatever the size and the places', () => {
    expect(sumOf(['0.1', '0.2', '-0.3'])).toBe('0')
    expect(sumOf(['99999999999999999999', '0.000000000000000001'])).toBe('99999999999999999999.000000000000000001')
    expect(sumOf([])).toBe('0')
    expect(less('0', '5.25')).toBe('-5.25')
    expect(compare('-0.2', '-0.19')).toBe(-1)
    expect([compare('1.50', '1.5'), compare('10', '9')]).toEqual([0, 1])
  })

  it('cuts a ratio, and has none of nothing', () => {
    expect([ratio('2', '3', 3), ratio('-2', '3', 3), ratio('12', '0.4', 0)]).toEqual(['0.666', '-0.666', '30'])
    expect(ratio('2', '0.00', 3)).toBeUndefined()
  })
})
