import { atMost, decimal, floor, format, isPositive, max, min, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { setOff } from '.'
import { amount } from './arbitraries'

const amounts = (of: Record<string, string>) => Object.entries(of).map(([id, text]) => ({ id, amount: decimal(text) }))
const texts = (debts: Record<string, string>, spare: Record<string, string>) =>
  setOff(amounts(debts), amounts(spare), 2).map(({ from, to, amount: of }) => `${from} pays ${to} ${format(of)}`)

describe('a set-off', () => {
  it('takes from the accounts of the owner in turn, by id, what they can spare, up to the debt', () => {
    expect(texts({ A: '500' }, { C: '400', B: '300.009' })).toEqual(['B pays A 300', 'C pays A 200'])
    expect(texts({ A: '500' }, { B: '190' })).toEqual(['B pays A 190'])
  })

  it('pays the debts in turn out of what those before left', () =>
    expect(texts({ B: '100', A: '500' }, { C: '550' })).toEqual(['C pays A 500', 'C pays B 50']))

  it('takes nothing from an account that has nothing to spare, nor from itself', () =>
    expect(texts({ A: '500' }, { A: '900', B: '-3', C: '0.009' })).toEqual([]))

  it('pays all that is owed or takes all that can be spared', () =>
    fc.assert(
      fc.property(
        fc.array(amount(0, 90, 2), { maxLength: 5 }),
        fc.array(amount(-20, 90, 3), { maxLength: 5 }),
        (debts, spare) => {
          const paid = setOff(
            debts.map((of, i) => ({ id: `d${i}`, amount: of })),
            spare.map((of, i) => ({ id: `s${i}`, amount: of })),
            2,
          )
          const has = sum(spare.map((of) => max(zero, floor(of, 2))))
          expect(format(sum(paid.map(({ amount: of }) => of)))).toBe(format(min(sum(debts), has)))
          expect(paid.every(({ amount: of }) => isPositive(of))).toBe(true)
          for (const [i, of] of debts.entries())
            expect(atMost(sum(paid.filter(({ to }) => to === `d${i}`).map((each) => each.amount)), of)).toBe(true)
        },
      ),
    ))
})
