import { add, atMost, decimal, format, multiply, subtract, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { isWithin, type Sized, sizeOf, stressOf } from '.'
import { amount } from './arbitraries'

const account = (stress: string, worth: string, cuts = '0', coins = '0'): Sized => ({
  stress: decimal(stress),
  worth: decimal(worth),
  cuts: decimal(cuts),
  coins: decimal(coins),
})
const size = (...accounts: readonly Sized[]) => {
  const { uncovered, onCoins } = sizeOf(accounts)
  return [format(uncovered), format(onCoins)]
}
const stress = (...positions: readonly (readonly [string, string, string])[]) =>
  format(
    stressOf(positions.map(([underlying, gap, value]) => ({ underlying, gap: decimal(gap), value: decimal(value) }))),
  )

describe('stress', () => {
  it('is what a gap costs of what an account holds net in each underlying', () => {
    expect(stress(['BTC', '0.3', '1000'], ['BTC', '0.3', '-400'], ['ETH', '0.5', '-100'])).toBe('230')
    expect(stress()).toBe('0')
  })

  it('takes the largest gap among the positions in an underlying', () =>
    expect(stress(['BTC', '0.1', '1000'], ['BTC', '0.3', '-400'])).toBe('180'))
})

describe('the size of an owner', () => {
  it('is what a jump would cost beyond what each account has, coins at their price less the cut', () => {
    expect(size(account('13999.5', '10000', '1000', '10000'))).toEqual(['4999.5', '0'])
    expect(size(account('50', '-100'))).toEqual(['50', '100'])
  })

  it('sums over the accounts, and what one has does not stand in for another', () =>
    expect(size(account('100', '40'), account('10', '900'), account('30', '0', '0', '70'))).toEqual(['90', '70']))

  it('is what its coins are worth beyond the account: what it lost on them', () =>
    expect(size(account('0', '8000', '1000', '10000'))).toEqual(['0', '2000']))

  it('is within the allowance where both are', () => {
    const within = (of: Sized) => isWithin(sizeOf([of]), decimal('5000'))
    expect(within(account('13999.5', '10000', '1000', '10000'))).toBe(true)
    expect(within(account('14001', '10000', '1000', '10000'))).toBe(false)
    expect(within(account('0', '5000', '1000', '10000.01'))).toBe(false)
    expect(within(account('5000', '0'))).toBe(true)
  })

  it('bounds what one jump leaves others to pay, however the accounts are cut up', () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ value: amount(-500, 500), worth: amount(0, 200) }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: -30, max: 30 }),
        (accounts, move) => {
          const gap = decimal('0.3')
          const jump = multiply(decimal(String(move)), decimal('0.01'))
          const { uncovered } = sizeOf(
            accounts.map(({ value, worth }) => ({
              stress: stressOf([{ underlying: 'BTC', gap, value }]),
              worth,
              cuts: zero,
              coins: zero,
            })),
          )
          const holes = accounts.map(({ value, worth }) => {
            const after = add(worth, multiply(value, jump))
            return atMost(zero, after) ? zero : subtract(zero, after)
          })
          expect(atMost(sum(holes), uncovered)).toBe(true)
        },
      ),
    ))
})
