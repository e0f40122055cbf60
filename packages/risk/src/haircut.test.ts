import { atMost, decimal, equals, floor, format, isPositive, max, min, subtract, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { type Debt, haircut, type Profit } from '.'
import { amount } from './arbitraries'

/** A profit in all, and of what of each instrument; by itself: all of it made in X. */
const profitOf = ([id, of]: [string, string | [string, Record<string, string>]]): Profit => {
  const [profit, by] = typeof of === 'string' ? [of, { X: of }] : of
  return { id, profit: decimal(profit), of: new Map(Object.entries(by).map(([name, text]) => [name, decimal(text)])) }
}
const debtOf = ([id, of]: [string, string | [string, Record<string, string>]]): Debt => {
  const [debt, in_] = typeof of === 'string' ? [of, { X: '1' }] : of
  return {
    id,
    amount: decimal(debt),
    instruments: Object.entries(in_).map(([name, text]) => ({ id: name, amount: decimal(text) })),
  }
}
type Book = Record<string, string | [string, Record<string, string>]>
const cut = (profits: Book, debts: Book) => {
  const { taken, given, uncovered } = haircut({
    profits: Object.entries(profits).map(profitOf),
    debts: Object.entries(debts).map(debtOf),
    places: 2,
  })
  return [
    taken.map(({ id, instrument = 'all', amount: of }) => `${id} ${instrument} ${format(of)}`),
    Object.fromEntries(given.map(({ id, amount: of }) => [id, format(of)])),
    format(uncovered),
  ]
}

describe('haircut', () => {
  it('takes the debts from the profits pro rata', () =>
    expect(cut({ alice: '300', bob: '100' }, { carol: '40' })).toEqual([
      ['alice X 30', 'bob X 10'],
      { carol: '40' },
      '0',
    ]))

  it('leaves single units to the largest remainder, ties by id', () => {
    // each keeps 99.99 of 300 shared by three: 66.6633..; the one unit that is left stays with a
    expect(cut({ c: '100', b: '100', a: '100' }, { d: '100.01' })).toEqual([
      ['a X 33.33', 'b X 33.34', 'c X 33.34'],
      { d: '100.01' },
      '0',
    ])
    // 566.18 of 599.37 stay
    expect(cut({ w1: '399.58', w2: '199.79' }, { a: '11.06', b: '11.06', c: '11.07' })[0]).toEqual([
      'w1 X 22.13',
      'w2 X 11.06',
    ])
  })

  it('counts a profit rounded down', () => {
    expect(cut({ a: '5.009' }, { z: '6' })).toEqual([['a X 5'], { z: '5' }, '1'])
    expect(cut({ a: '0.009' }, { z: '0.01' })).toEqual([[], {}, '0.01'])
  })

  it('takes everything where it does not reach, shares it over the debts, and says what is uncovered', () =>
    expect(cut({ alice: '10.009', bob: '-5' }, { c: '20', d: '10' })).toEqual([
      ['alice X 10'],
      { c: '6.67', d: '3.33' },
      '20',
    ]))

  it('takes of each instrument what was lost in it, by what it required, before it takes of anything else', () =>
    expect(
      cut(
        { a: ['100', { X: '100' }], b: ['100', { Y: '100' }], c: ['100', { X: '50', Y: '50' }] },
        { d: ['80', { X: '3', Y: '1' }] },
      ),
    ).toEqual([['a X 40', 'c X 20', 'b Y 13.33', 'c Y 6.67'], { d: '80' }, '0']))

  it('takes the rest of all profits, wherever they were made', () =>
    expect(cut({ a: ['30', { X: '10' }], b: ['10', { Y: '10' }] }, { d: '30' })).toEqual([
      ['a X 10', 'a all 13.33', 'b all 6.67'],
      { d: '30' },
      '0',
    ]))

  it('never takes more of an instrument than the whole profit is', () =>
    expect(cut({ a: ['10', { X: '50', Y: '50' }] }, { d: ['40', { X: '1', Y: '1' }] })).toEqual([
      ['a X 10'],
      { d: '10' },
      '30',
    ]))

  it('takes a loss in no instrument of all profits', () =>
    expect(cut({ a: '10' }, { d: ['4', {}] })).toEqual([['a all 4'], { d: '4' }, '0']))

  it('gives what it takes, takes all it may or all that is owed, and from nobody more than the profit', () => {
    const money = amount(-20, 400, 3)
    const profits = fc.array(fc.tuple(money, money, money), { maxLength: 5 }).map((all) =>
      all.map(
        ([profit, x, y], i): Profit => ({
          id: `p${i}`,
          profit,
          of: new Map([
            ['X', x],
            ['Y', y],
          ]),
        }),
      ),
    )
    const debts = fc.array(fc.tuple(amount(0, 400, 2), fc.nat(3), fc.nat(3)), { maxLength: 5 }).map((all) =>
      all.map(
        ([of, x, y], i): Debt => ({
          id: `d${i}`,
          amount: of,
          instruments: [
            { id: 'X', amount: decimal(String(x)) },
            { id: 'Y', amount: decimal(String(y)) },
          ],
        }),
      ),
    )
    fc.assert(
      fc.property(profits, debts, (givers, owing) => {
        const { taken, given, uncovered } = haircut({ profits: givers, debts: owing, places: 2 })
        const has = givers.map(({ profit }) => max(zero, floor(profit, 2)))
        const owed = sum(owing.map((debt) => debt.amount))
        const total = sum(taken.map((each) => each.amount))
        expect(equals(total, sum(given.map((each) => each.amount)))).toBe(true)
        expect(equals(total, min(owed, sum(has)))).toBe(true)
        expect(equals(uncovered, subtract(owed, total))).toBe(true)
        for (const [i, { id }] of givers.entries()) {
          const own = taken.filter((each) => each.id === id)
          expect(own.every((each) => isPositive(each.amount))).toBe(true)
          expect(atMost(sum(own.map((each) => each.amount)), has[i] ?? zero)).toBe(true)
        }
        for (const { id, amount: debt } of owing)
          expect(atMost(sum(given.filter((each) => each.id === id).map((each) => each.amount)), debt)).toBe(true)
        const reversed = haircut({ profits: [...givers].reverse(), debts: [...owing].reverse(), places: 2 })
        expect(reversed).toEqual({ taken, given, profits: sum(has), uncovered })
      }),
    )
  })
})
