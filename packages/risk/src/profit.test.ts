import { add, decimal, format, max, min, subtract, zero } from '@novation/decimal'
import fc from 'fast-check'
import { cycleOf, freshOf, type Gains, leavesFresh, profitIn, provisionalProfit } from '.'
import { amount } from './arbitraries'

const gains = (now: string, last: string, cuts: readonly [string, string] = ['0', '0']): readonly Gains[] => [
  { made: decimal(now), cut: decimal(cuts[0]) },
  { made: decimal(last), cut: decimal(cuts[1]) },
]
const profit = (worth: string, principal: string, unrealised: string, fresh: string) =>
  format(
    provisionalProfit({
      worth: decimal(worth),
      principal: decimal(principal),
      unrealised: decimal(unrealised),
      fresh: decimal(fresh),
    }),
  )

describe('what is fresh', () => {
  it('was made in this cycle or in the last', () => {
    expect(cycleOf(43_199_999, 43_200)).toBe(0)
    expect(cycleOf(43_200_000, 43_200)).toBe(1)
    expect(format(freshOf(gains('30', '10')))).toBe('40')
    expect(format(freshOf([]))).toBe('0')
  })

  it('is not taken back by what was lost in the cycle before or after', () => {
    expect(format(freshOf(gains('30', '-50')))).toBe('30')
    expect(format(freshOf(gains('-50', '30')))).toBe('30')
  })

  it('is less by what haircuts took, also of what is not realised', () =>
    expect(format(freshOf(gains('30', '10', ['25', '45'])))).toBe('-30'))
})

describe('the profit that a default may reach', () => {
  it('is what is worth more than was put in, as far as it is unrealised or fresh', () => {
    expect(profit('150', '100', '30', '0')).toBe('30')
    expect(profit('150', '100', '0', '20')).toBe('20')
    expect(profit('150', '100', '60', '20')).toBe('50')
  })

  it('is nothing of principal, and nothing of what has stood', () => {
    expect(profit('90', '100', '60', '20')).toBe('0')
    expect(profit('-5', '0', '60', '20')).toBe('0')
    expect(profit('150', '100', '-30', '0')).toBe('0')
    expect(profit('150', '100', '60', '-60')).toBe('0')
  })

  it('is in one instrument what was made in it, and never more than the whole', () => {
    const within = (all: string, unrealised: string, fresh: string) =>
      format(profitIn(decimal(all), decimal(unrealised), decimal(fresh)))
    expect(within('50', '30', '10')).toBe('40')
    expect(within('35', '30', '10')).toBe('35')
    expect(within('50', '-30', '10')).toBe('10')
    expect(within('50', '30', '-40')).toBe('0')
  })

  it('shrinks by what is taken of it, whatever it was: nothing is taken twice', () =>
    fc.assert(
      fc.property(
        amount(-50, 500),
        amount(0, 300),
        amount(-90, 300),
        amount(0, 200),
        amount(0, 400),
        (worth, principal, unrealised, made, part) => {
          const before = provisionalProfit({ worth, principal, unrealised, fresh: made })
          const cut = min(before, part)
          const fresh = freshOf([{ made, cut }])
          const after = provisionalProfit({ worth: subtract(worth, cut), principal, unrealised, fresh })
          expect(format(after)).toBe(format(subtract(before, cut)))
        },
      ),
    ))
})

describe('a withdrawal', () => {
  const leaves = (coins: string, cash: string, unrealised: string, fresh: string) =>
    leavesFresh({ held: add(decimal(coins), decimal(cash)), unrealised: decimal(unrealised), fresh: decimal(fresh) })

  it('leaves what has not stood, in coins or cash, beside what positions have lost', () => {
    expect(leaves('10', '20', '0', '30')).toBe(true)
    expect(leaves('10', '19.99', '0', '30')).toBe(false)
    expect(leaves('10', '20', '-0.01', '30')).toBe(false)
    expect(leaves('10', '19', '500', '30')).toBe(false)
  })

  it('may take all where nothing is fresh, though positions have lost', () => {
    expect(leaves('0', '0', '-5', '0')).toBe(true)
    expect(leaves('0', '0', '-5', '-3')).toBe(true)
  })

  it('never leaves less than a default could have reached of what was realised', () =>
    fc.assert(
      fc.property(amount(0, 300), amount(-100, 0), amount(0, 200), (cash, unrealised, made) => {
        const worth = add(cash, unrealised)
        if (!leavesFresh({ held: cash, unrealised, fresh: made })) return
        const reach = provisionalProfit({ worth, principal: zero, unrealised, fresh: made })
        const out = max(zero, subtract(worth, made))
        expect(
          format(provisionalProfit({ worth: subtract(worth, out), principal: zero, unrealised, fresh: made })),
        ).toBe(format(reach))
      }),
    ))
})
