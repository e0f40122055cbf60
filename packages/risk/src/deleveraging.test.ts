import { add, atMost, ceil, type Decimal, decimal, equals, format, isNegative, max, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { askedOf, type Counterparty, compareDeleveraging, deleveragingRank, given } from '.'
import { amount } from './arbitraries'

describe('askedOf', () => {
  it('asks along the way, so that nothing is lost to rounding', () => {
    const asked = (before: string) => format(askedOf(decimal('1'), decimal(before), decimal('1'), decimal('3'), 2))
    expect(['0', '1', '2'].map(asked)).toEqual(['0.34', '0.33', '0.33'])
  })

  it('is below zero where equity is left', () =>
    expect(format(askedOf(decimal('-10'), decimal('1'), decimal('2'), decimal('4'), 2))).toBe('-5'))

  it('sums to the loss, however it is closed', () =>
    fc.assert(
      fc.property(amount(-500, 500, 3), fc.array(amount(1, 40, 1), { minLength: 1, maxLength: 8 }), (loss, parts) => {
        let before = zero
        const asked = parts.map((closing) => {
          const share = askedOf(loss, before, closing, sum(parts), 2)
          before = add(before, closing)
          return share
        })
        expect(equals(sum(asked), ceil(loss, 2))).toBe(true)
        expect(asked.every((share) => isNegative(share) === isNegative(loss) || equals(share, zero))).toBe(true)
      }),
    ))
})

describe('given', () => {
  const give = (asked: string, unrealised: string, closing: string, held: string, profit: string) =>
    format(
      given({
        asked: decimal(asked),
        unrealised: decimal(unrealised),
        closing: decimal(closing),
        held: decimal(held),
        profit: decimal(profit),
        places: 2,
      }),
    )

  it('is what is asked, of the profit of what is closed, and never of principal', () => {
    expect(give('10', '100', '1', '4', '90')).toBe('10')
    expect(give('30', '100', '1', '4', '90')).toBe('25')
    expect(give('60', '100', '2', '4', '90')).toBe('50')
    expect(give('30', '100', '1', '4', '12.345')).toBe('12.34')
    expect(give('30', '-100', '1', '4', '90')).toBe('0')
    expect(give('30', '100', '1', '3', '90')).toBe('30')
    expect(give('40', '100', '1', '3', '90')).toBe('33.33')
  })

  it('receives equity that is left in full', () => expect(give('-10', '-100', '1', '4', '0')).toBe('-10'))

  it('never exceeds what is asked, nor the profit', () =>
    fc.assert(
      fc.property(
        amount(0, 99, 2),
        amount(-99, 99, 3),
        amount(1, 9),
        amount(0, 9),
        amount(0, 99, 3),
        (asked, unrealised, closing, rest, profit) => {
          const gives = given({ asked, unrealised, closing, held: add(closing, rest), profit, places: 2 })
          expect([asked, profit, max(unrealised, zero)].every((limit) => atMost(gives, limit))).toBe(true)
          expect(isNegative(gives)).toBe(false)
        },
      ),
    ))
})

/** Who is deleveraged first. */
const ranked = (counterparties: readonly Counterparty[]) =>
  counterparties.map(deleveragingRank).sort(compareDeleveraging)

describe('the ranks of a deleveraging', () => {
  const party = (id: string, unrealised: string, cost: string, notional: string, equity: string) => ({
    id,
    unrealised: decimal(unrealised),
    cost: decimal(cost),
    notional: decimal(notional),
    equity: decimal(equity),
  })
  const ids = (parties: readonly { readonly id: string }[]) => parties.map(({ id }) => id)

  it('ranks by profit ratio times leverage', () => {
    const low = party('low', '10', '100', '110', '50')
    const ratio = party('ratio', '20', '100', '120', '50')
    const leverage = party('leverage', '20', '100', '120', '10')
    expect(ids(ranked([low, ratio, leverage]))).toEqual(['leverage', 'ratio', 'low'])
  })

  it('goes by leverage where profit ratios are the same, however much equity there is', () => {
    const small = party('small', '20', '100', '100', '10')
    const large = party('large', '20', '100', '400', '20')
    expect(ids(ranked([small, large]))).toEqual(['large', 'small'])
    expect(ids(ranked([large, small]))).toEqual(['large', 'small'])
  })

  it('puts what cost nothing first, and breaks ties by byte order of id', () => {
    const parties = [
      party('b', '1', '3', '4', '5'),
      party('a', '2', '6', '4', '5'),
      party('B', '1', '3', '4', '5'),
      party('z', '1', '0', '1', '9'),
      party('y', '1', '1', '1', '0'),
    ]
    expect(ids(ranked(parties))).toEqual(['y', 'z', 'B', 'a', 'b'])
    expect(ids(ranked([...parties].reverse()))).toEqual(['y', 'z', 'B', 'a', 'b'])
  })

  it('tells apart what a double cannot', () => {
    const a = party('a', '1', '3', '1', '1')
    const b = party('b', '1.0000000000000000001', '3', '1', '1')
    expect(ids(ranked([a, b]))).toEqual(['b', 'a'])
  })

  it('does not depend on the order in which it is told', () => {
    const positive = fc.integer({ min: 0, max: 4 }).map((n): Decimal => decimal(String(n)))
    const parties = fc
      .array(fc.record({ unrealised: positive, cost: positive, notional: positive, equity: positive }), {
        maxLength: 10,
      })
      .map((all) => all.map((one, i) => ({ ...one, id: `a${i}` })))
    const shuffled = parties.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    )
    return fc.assert(fc.property(shuffled, ([all, other]) => expect(ids(ranked(other))).toEqual(ids(ranked(all)))))
  })
})
