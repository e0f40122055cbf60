import {
  add,
  atMost,
  ceil,
  type Decimal,
  decimal,
  equals,
  format,
  isNegative,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { fundCap, prefunded } from '.'
import { amount } from './arbitraries'

const pay = (deficit: string, totalDeficits: string, skin: string, perLoss: string, fund: string, cap?: string) => {
  const paid = prefunded({
    deficit: decimal(deficit),
    totalDeficits: decimal(totalDeficits),
    skinInTheGame: decimal(skin),
    perLoss: decimal(perLoss),
    fund: decimal(fund),
    ...(cap === undefined ? {} : { fundCap: decimal(cap) }),
    places: 2,
  })
  return [paid.first, paid.fund, paid.rest].map(format)
}

describe('prefunded', () => {
  it('goes through the first tranche, the fund, and the rest of the tranche', () => {
    expect(pay('100', '100', '50', '10', '1000')).toEqual(['10', '90', '0'])
    expect(pay('100', '100', '50', '10', '30')).toEqual(['10', '30', '40'])
    expect(pay('100', '100', '500', '10', '30')).toEqual(['10', '30', '60'])
    expect(pay('5', '5', '50', '10', '30')).toEqual(['5', '0', '0'])
  })

  it('gives an account no more of a layer than its share of all deficits', () => {
    expect(pay('100', '300', '50', '10', '60')).toEqual(['10', '20', '6.66'])
    expect(pay('100', '300', '9', '10', '60')).toEqual(['3', '20', '0'])
  })

  it('keeps the fund to its cap', () =>
    expect(pay('100', '100', '500', '10', '300', '25.009')).toEqual(['10', '25', '65']))

  it('pays no more than a first tranche or a cap finer than a unit, rounded down', () => {
    expect(pay('100', '100', '50', '10.009', '30.009', '20.009')).toEqual(['10', '20', '40'])
  })

  it('pays a deficit finer than a unit up to the unit', () =>
    expect(pay('1.001', '1.001', '0', '0', '60')).toEqual(['0', '1.01', '0']))

  it('pays nothing where nothing is missing', () => expect(pay('0', '0', '50', '10', '60')).toEqual(['0', '0', '0']))

  it('never pays more than a layer holds or an account misses, in whichever order the accounts come', () =>
    fc.assert(
      fc.property(
        fc.record({
          deficits: fc.array(amount(0, 200, 2), { minLength: 1, maxLength: 6 }),
          skin: amount(0, 300, 2),
          perLoss: amount(0, 60, 2),
          fund: amount(0, 300, 2),
        }),
        ({ deficits, skin, perLoss, fund }) => {
          const run = (order: readonly Decimal[]) => {
            let [skinLeft, fundLeft, missing] = [skin, fund, sum(order)]
            return order.map((deficit) => {
              const paid = prefunded({
                deficit,
                totalDeficits: missing,
                skinInTheGame: skinLeft,
                perLoss,
                fund: fundLeft,
                places: 2,
              })
              const all = add(add(paid.first, paid.fund), paid.rest)
              skinLeft = subtract(skinLeft, add(paid.first, paid.rest))
              fundLeft = subtract(fundLeft, paid.fund)
              missing = subtract(missing, deficit)
              expect([paid.first, paid.fund, paid.rest, skinLeft, fundLeft].some(isNegative)).toBe(false)
              expect(atMost(all, deficit) && atMost(paid.first, perLoss)).toBe(true)
              return all
            })
          }
          run(deficits)
          run([...deficits].reverse())
        },
      ),
    ))

  it('pays all that is missing where the layers hold as much', () =>
    fc.assert(
      fc.property(
        amount(0, 200, 2),
        amount(0, 300, 2),
        amount(0, 60, 2),
        amount(0, 300, 2),
        (deficit, skinInTheGame, perLoss, fund) => {
          const paid = prefunded({ deficit, totalDeficits: deficit, skinInTheGame, perLoss, fund, places: 2 })
          const all = add(add(paid.first, paid.fund), paid.rest)
          const held = add(skinInTheGame, fund)
          expect(equals(all, atMost(deficit, held) ? deficit : held)).toBe(true)
        },
      ),
    ))
})

describe('fundCap', () => {
  const cap = (deficit: string, limit: string, margins: string[]) =>
    format(fundCap(decimal(deficit), decimal(limit), margins.map(decimal), 2))

  it('caps each instrument at its part of the deficit', () => {
    expect(cap('100', '30', ['1', '3'])).toBe('55')
    expect(cap('100', '80', ['1', '3'])).toBe('100')
    expect(cap('100', '10', ['1', '1', '1'])).toBe('30')
  })

  it('counts the deficit up to a unit, and what is capped down to one', () => {
    expect(cap('50', '10.009', [])).toBe('10')
    expect(cap('5.001', '10', [])).toBe('5.01')
  })

  it('rounds down once', () => expect(cap('100', '33.331', ['1', '1', '1'])).toBe('99.99'))

  it('counts an account without positions as one instrument', () => {
    expect(cap('100', '30', [])).toBe('30')
    expect(cap('20', '30', ['0'])).toBe('20')
  })

  it('lies between the cap and the deficit and never falls with either', () =>
    fc.assert(
      fc.property(
        amount(0, 500, 2),
        amount(0, 500, 2),
        fc.array(amount(0, 50, 2)),
        amount(0, 9, 2),
        (deficit, limit, margins, more) => {
          const allowed = fundCap(deficit, limit, margins, 2)
          expect(atMost(allowed, deficit)).toBe(true)
          expect(atMost(allowed, multiply(limit, decimal(String(Math.max(1, margins.length)))))).toBe(true)
          expect(atMost(allowed, fundCap(add(deficit, more), limit, margins, 2))).toBe(true)
          expect(atMost(allowed, fundCap(deficit, add(limit, more), margins, 2))).toBe(true)
          expect(atMost(ceil(zero, 2), allowed)).toBe(true)
        },
      ),
    ))
})
