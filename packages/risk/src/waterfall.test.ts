import { atMost, decimal, equals, format, isPositive, subtract, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { type Layers, type Loss, payFromLayers } from '.'
import { amount } from './arbitraries'

const pay = (losses: readonly Loss[], [skinInTheGame, perDefault, fund]: readonly [string, string, string]) =>
  payFromLayers(
    losses,
    { skinInTheGame: decimal(skinInTheGame), perDefault: decimal(perDefault), fund: decimal(fund) },
    2,
  ).map(({ id, first, fund: paid, rest }) => [id, ...[first, paid, rest].map(format)])
const loss = (id: string, of: string, drawn: readonly [string, string] = ['0', '0']): Loss => ({
  id,
  amount: decimal(of),
  drawn: { skinInTheGame: decimal(drawn[0]), fund: decimal(drawn[1]) },
})

describe('the prefunded layers', () => {
  it('pay in their order, each what those before it left', () => {
    expect(pay([loss('a', '100')], ['50', '10', '60'])).toEqual([['a', '10', '60', '30']])
    expect(pay([loss('a', '100')], ['50', '10', '500'])).toEqual([['a', '10', '90', '0']])
    expect(pay([loss('a', '5')], ['50', '10', '500'])).toEqual([['a', '5', '0', '0']])
  })

  it('pay of the first tranche what this default has not drawn', () => {
    expect(pay([loss('a', '100', ['7', '0'])], ['50', '10', '60'])).toEqual([['a', '3', '60', '37']])
    expect(pay([loss('a', '100', ['70', '0'])], ['50', '10', '60'])).toEqual([['a', '0', '60', '40']])
  })

  it('share among all who are below zero', () =>
    expect(pay([loss('b', '300'), loss('a', '100')], ['40', '0', '200'])).toEqual([
      ['b', '0', '150', '30'],
      ['a', '0', '50', '10'],
    ]))

  it('never leave anything unpaid while one of them has something, and never pay more than is lost', () => {
    const money = amount(0, 400, 2)
    const losses = fc
      .array(fc.tuple(money, money, money), { maxLength: 6 })
      .map((all) =>
        all.map(([of, skinInTheGame, fund], i): Loss => ({ id: `a${i}`, amount: of, drawn: { skinInTheGame, fund } })),
      )
    const layers: fc.Arbitrary<Layers> = fc.record({ skinInTheGame: money, perDefault: money, fund: money })
    fc.assert(
      fc.property(losses, layers, (all, of) => {
        const paid = payFromLayers(all, of, 2)
        const byOperator = sum(paid.map(({ first, rest }) => sum([first, rest])))
        const byFund = sum(paid.map(({ fund }) => fund))
        expect(atMost(byOperator, of.skinInTheGame) && atMost(byFund, of.fund)).toBe(true)
        const unpaid = all.map(({ amount: lost }, i) => {
          const { first = zero, fund = zero, rest = zero } = paid[i] ?? {}
          return subtract(lost, sum([first, fund, rest]))
        })
        expect(unpaid.every((left) => atMost(zero, left))).toBe(true)
        if (isPositive(sum(unpaid))) expect(equals(byOperator, of.skinInTheGame) && equals(byFund, of.fund)).toBe(true)
      }),
    )
  })
})
