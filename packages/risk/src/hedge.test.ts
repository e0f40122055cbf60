import { abs, add, atMost, decimal, format, isNegative, isZero, multiply, subtract } from '@novation/decimal'
import fc from 'fast-check'
import { unhedged } from '.'
import { amount } from './arbitraries'

const free = (held: string, value: string, net: string, lot = '0.1') =>
  format(unhedged({ held: decimal(held), lot: decimal(lot), value: decimal(value), net: decimal(net) }))

describe('what is no hedge', () => {
  it('is all of a position that nothing stands against', () => {
    expect(free('10.05', '1005', '1005')).toBe('10.05')
    expect(free('10', '-1000', '-1500')).toBe('10')
  })

  it('is of the larger side what the other does not cover, down to a lot', () => {
    expect(free('10', '1000', '250')).toBe('2.5')
    expect(free('10', '1000', '259')).toBe('2.5')
    expect(free('10', '-1000', '-9')).toBe('0')
  })

  it('is nothing of the smaller side, nor of a pair that is even', () => {
    expect(free('10', '1000', '-250')).toBe('0')
    expect(free('10', '1000', '0')).toBe('0')
    expect(free('10', '0', '10')).toBe('0')
  })

  it('never leaves an account leaning more than before once it is closed', () =>
    fc.assert(
      fc.property(amount(-50, 50), amount(-500, 500), amount(1, 9), (quantity, others, price) => {
        if (isZero(quantity)) return
        const value = multiply(quantity, price)
        const net = add(value, others)
        const closing = unhedged({ held: abs(quantity), lot: decimal('1'), value, net })
        const closed = multiply(closing, isNegative(quantity) ? subtract(decimal('0'), price) : price)
        expect(atMost(abs(subtract(net, closed)), abs(net))).toBe(true)
        expect(atMost(closing, abs(quantity))).toBe(true)
      }),
    ))
})
