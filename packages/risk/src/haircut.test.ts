import {
  abs,
  atMost,
  decimal,
  equals,
  floor,
  format,
  greaterThan,
  isPositive,
  max,
  min,
  multiply,
  subtract,
  sum,
  unit,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { haircut } from '.'
import { amount } from './arbitraries'

const cut = (profits: Record<string, string>, debts: Record<string, string>) => {
  const result = haircut({
    profits: Object.entries(profits).map(([id, profit]) => ({ id, profit: decimal(profit) })),
    debts: Object.entries(debts).map(([id, debt]) => ({ id, debt: decimal(debt) })),
    places: 2,
  })
  const texts = (list: typeof result.taken) => Object.fromEntries(list.map(({ id, amount: of }) => [id, format(of)]))
  return [texts(result.taken), texts(result.given), format(result.uncovered)]
}

describe('haircut', () => {
  it('takes the debts from the profits pro rata', () =>
    expect(cut({ alice: '300', bob: '100' }, { carol: '40' })).toEqual([
      { alice: '30', bob: '10' },
      { carol: '40' },
      '0',
    ]))

  it('leaves single units to the largest remainder, ties by id', () => {
    // each keeps 99.99 of 300 shared by three: 66.6633..; the one unit that is left stays with a
    expect(cut({ c: '100', b: '100', a: '100' }, { d: '100.01' })).toEqual([
      { a: '33.33', b: '33.34', c: '33.34' },
      { d: '100.01' },
      '0',
    ])
  })

  it('counts a debt in whole units, rounded up, and a profit rounded down', () => {
    expect(cut({ a: '5.009' }, { z: '1.001' })).toEqual([{ a: '1.01' }, { z: '1.01' }, '0'])
    expect(cut({ a: '0.009' }, { z: '0.001' })).toEqual([{}, {}, '0.01'])
  })

  it('takes everything where it does not reach, shares it over the debts, and says what is uncovered', () =>
    expect(cut({ alice: '10.009', bob: '-5' }, { c: '20', d: '10' })).toEqual([
      { alice: '10' },
      { c: '6.67', d: '3.33' },
      '20',
    ]))

  it('takes nothing where nothing is owed, and gives nothing where there is no profit', () => {
    expect(cut({ alice: '10' }, {})).toEqual([{}, {}, '0'])
    expect(cut({}, { c: '20' })).toEqual([{}, {}, '20'])
    expect(cut({ alice: '0.009' }, { c: '20' })).toEqual([{}, {}, '20'])
  })

  const named = <K extends string>(key: K, prefix: string, places: number) =>
    fc
      .array(amount(key === 'profit' ? -50 : 0, 300, places), { maxLength: 8 })
      .map((all) =>
        all.map((value, i) => ({ id: `${prefix}${i}`, [key]: value }) as { id: string } & Record<K, typeof value>),
      )

  it('conserves, keeps every bound, and does not depend on order', () =>
    fc.assert(
      fc.property(named('profit', 'w', 3), named('debt', 'd', 2), (profits, debts) => {
        const result = haircut({ profits, debts, places: 2 })
        const [taken, given] = [result.taken, result.given].map((list) => sum(list.map(({ amount: of }) => of)))
        const available = sum(profits.map(({ profit }) => max(floor(profit, 2), zero)))
        const owed = sum(debts.map(({ debt }) => debt))
        expect(equals(taken ?? zero, given ?? zero)).toBe(true)
        expect(equals(taken ?? zero, min(available, owed))).toBe(true)
        expect(equals(result.uncovered, subtract(owed, taken ?? zero))).toBe(true)
        for (const { id, amount: of } of result.taken) {
          const profit = profits.find((p) => p.id === id)?.profit ?? zero
          expect(isPositive(of) && atMost(of, profit)).toBe(true)
          // within a unit of its share
          const apart = subtract(multiply(of, available), multiply(floor(profit, 2), min(available, owed)))
          expect(greaterThan(abs(apart), multiply(unit(2), available))).toBe(false)
        }
        for (const { id, amount: of } of result.given) {
          expect(isPositive(of) && atMost(of, debts.find((d) => d.id === id)?.debt ?? zero)).toBe(true)
        }
        expect(haircut({ profits: [...profits].reverse(), debts: [...debts].reverse(), places: 2 })).toEqual(result)
      }),
    ))
})
