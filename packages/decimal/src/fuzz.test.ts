import * as decimals from '.'
import { firstDifference } from './kit/fuzz'
import { oracle } from './kit/oracle'

describe('the inside', () => {
  it('answers as big.js does, whatever it is asked', () =>
    expect(firstDifference(decimals, 60_000, 20)).toBeUndefined())

  it('is asked everything the package offers', () => {
    expect(Object.keys(oracle).sort()).toEqual(Object.keys(decimals).sort())
  })

  it.each([
    [
      'a sum that a double rounded',
      { add: (a, b) => decimals.decimal(String(Number(decimals.format(a)) + Number(decimals.format(b)))) },
    ],
    ['a negative zero', { toNumber: (a) => -0 * decimals.toNumber(a) }],
    [
      'a quotient rounded toward zero',
      {
        divideFloor: (n, d, places) =>
          decimals.isNegative(n) ? decimals.divideCeil(n, d, places) : decimals.divideFloor(n, d, places),
      },
    ],
    [
      'an error of other words',
      {
        ratio: () => {
          throw new RangeError('zero')
        },
      },
    ],
  ] satisfies [string, Partial<typeof decimals>][])('would be caught with %s', (_, wrong) =>
    expect(firstDifference({ ...decimals, ...wrong }, 20_000, 20)).toBeDefined(),
  )
})
