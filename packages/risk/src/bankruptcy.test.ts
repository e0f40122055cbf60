import {
  add,
  apportion,
  decimal,
  format,
  isNegative,
  lessThan,
  multiply,
  negate,
  subtract,
  sum,
  unit,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { bankruptcyCash, bankruptcyPrice } from '.'
import { amount } from './arbitraries'

const cash = (...[value, equity, margin, total, closed, held]: [string, string, string, string, string, string]) =>
  format(
    bankruptcyCash(decimal(value), decimal(equity), decimal(margin), decimal(total), decimal(closed), decimal(held), 2),
  )

describe('bankruptcyCash', () => {
  it('brings a long its value and its share of what is missing', () =>
    expect(cash('200', '-30', '20', '60', '2', '4')).toBe('205'))
  it('costs a short its value less its share of what is missing', () =>
    expect(cash('-200', '-30', '20', '60', '2', '4')).toBe('-195'))
  it('gives away the share of equity that is left', () => expect(cash('200', '30', '20', '60', '2', '4')).toBe('195'))
  it('rounds up, in favour of the fund', () => {
    expect(cash('100', '-1', '1', '3', '1', '1')).toBe('100.34')
    expect(cash('-100', '-1', '1', '3', '1', '1')).toBe('-99.66')
  })

  it('leaves an account that closes everything, in any parts, at zero or less than a unit a part above', () =>
    fc.assert(
      fc.property(amount(-500, 500, 2), amount(1, 90), amount(1, 90), amount(1, 50), (equity, m1, m2, held) => {
        const total = sum([m1, m2])
        const [some = zero, rest = zero] = apportion(held, [decimal('1'), decimal('2')], 0)
        const paid = [
          bankruptcyCash(zero, equity, m1, total, some, held, 2),
          bankruptcyCash(zero, equity, m1, total, rest, held, 2),
          bankruptcyCash(zero, equity, m2, total, held, held, 2),
        ]
        const left = sum([equity, ...paid])
        expect(isNegative(left)).toBe(false)
        expect(lessThan(left, multiply(unit(2), decimal('3')))).toBe(true)
      }),
    ))
})

describe('bankruptcyPrice', () => {
  const position = {
    mark: decimal('100'),
    multiplier: decimal('0.5'),
    margin: decimal('20'),
    totalMargin: decimal('60'),
    equity: decimal('-30'),
  }

  it('lies above the mark for a long that is missing equity, below it for a short', () => {
    expect(format(bankruptcyPrice({ ...position, quantity: decimal('4') }, 2))).toBe('105')
    expect(format(bankruptcyPrice({ ...position, quantity: decimal('-4') }, 2))).toBe('95')
    expect(format(bankruptcyPrice({ ...position, quantity: decimal('4'), equity: decimal('30') }, 2))).toBe('95')
  })

  it('rounds up for a long and down for a short', () => {
    expect(format(bankruptcyPrice({ ...position, quantity: decimal('7') }, 2))).toBe('102.86')
    expect(format(bankruptcyPrice({ ...position, quantity: decimal('-7') }, 2))).toBe('97.14')
  })

  it('is the price at which closing moves the bankruptcy cash', () =>
    fc.assert(
      fc.property(amount(-500, 500), fc.constantFrom('4', '-4', '25', '-25').map(decimal), (equity, quantity) => {
        const of = { ...position, equity, quantity }
        const size = multiply(quantity, of.multiplier)
        const held = isNegative(quantity) ? negate(quantity) : quantity
        const moved = bankruptcyCash(multiply(size, of.mark), equity, of.margin, of.totalMargin, held, held, 2)
        const atPrice = multiply(size, bankruptcyPrice(of, 12))
        expect(lessThan(subtract(moved, unit(2)), atPrice)).toBe(true)
        expect(lessThan(atPrice, add(moved, unit(9)))).toBe(true)
      }),
    ))
})
