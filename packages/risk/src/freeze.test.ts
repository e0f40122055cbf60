import { atMost, compareRatios, decimal, multiply, one, ratio, subtract, sum, whole, zero } from '@novation/decimal'
import fc from 'fast-check'
import { leavesShare, stays } from '.'
import { amount } from './arbitraries'

const equal = (shortfall: string, claims: string, expected: string) =>
  expect(compareRatios(stays(decimal(shortfall), decimal(claims)), whole(decimal(expected)))).toBe(0)

describe('what of every claim stays while the pool is frozen', () => {
  it('is what is short, of all that is claimed', () => equal('250', '1000', '0.25'))
  it('is all where more is short than is claimed, or nothing is left to claim', () => {
    equal('1001', '1000', '1')
    equal('1', '0', '1')
    equal('1', '-5', '1')
  })
  it('is nothing where nothing is short', () => {
    equal('0', '1000', '0')
    equal('-5', '0', '0')
  })
})

describe('a withdrawal from a frozen pool', () => {
  const quarter = ratio(one, decimal('4'))
  it('leaves that part of what the account had when the freeze began', () => {
    expect(leavesShare(quarter, decimal('25'), decimal('75'))).toBe(true)
    expect(leavesShare(quarter, decimal('24.99'), decimal('75.01'))).toBe(false)
    expect(leavesShare(whole(one), decimal('25'), decimal('0.01'))).toBe(false)
    expect(leavesShare(whole(zero), zero, decimal('100'))).toBe(true)
  })

  it('counts what was taken before: in parts no more leaves than at once', () =>
    fc.assert(
      fc.property(
        amount(1, 900, 2),
        fc.array(amount(0, 400, 2), { maxLength: 6 }),
        amount(1, 900, 2),
        (claim, wishes, short) => {
          const phi = stays(short, decimal('1000'))
          let taken = zero
          for (const wish of wishes) {
            const after = sum([taken, wish])
            if (leavesShare(phi, subtract(claim, after), after)) taken = after
          }
          expect(atMost(multiply(claim, phi.numerator), multiply(subtract(claim, taken), phi.denominator))).toBe(true)
        },
      ),
    ))
})
