import {
  abs,
  atMost,
  type Decimal,
  decimal,
  equals,
  format,
  min,
  multiply,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { type Counterparty, compareDeleveraging, deleveragingRank, inProportion, inTurn, sharesLeft } from '.'
import { amount } from './arbitraries'

const party = (id: string, change: Partial<Record<'profit' | 'worth' | 'maintenance', string>> = {}): Counterparty => ({
  id,
  profit: decimal(change.profit ?? '5'),
  worth: decimal(change.worth ?? '100'),
  maintenance: decimal(change.maintenance ?? '10'),
})

describe('the rank within a class', () => {
  const order = (...parties: readonly Counterparty[]) =>
    parties
      .map(deleveragingRank)
      .sort(compareDeleveraging)
      .map(({ id }) => id)

  it('goes by profit and leverage, largest first, ties by id', () => {
    expect(order(party('a'), party('b', { profit: '6' }), party('c', { maintenance: '13' }))).toEqual(['c', 'b', 'a'])
    expect(order(party('b'), party('c', { worth: '50' }), party('a'))).toEqual(['c', 'a', 'b'])
  })

  it('puts who is worth nothing before all, by id', () =>
    expect(order(party('a', { profit: '900' }), party('z', { worth: '0' }), party('y', { worth: '-9' }))).toEqual([
      'y',
      'z',
      'a',
    ]))
})

const texts = (of: readonly Decimal[]) => of.map(format)
const decimals = (of: readonly string[]) => of.map(decimal)

describe('what each of a class closes', () => {
  it('is in turn all they hold, until the size is reached', () => {
    expect(texts(inTurn(decimal('12'), decimals(['10', '5', '3'])))).toEqual(['10', '2'])
    expect(texts(inTurn(decimal('99'), decimals(['10', '5'])))).toEqual(['10', '5'])
  })

  it('is in proportion the same part, in whole lots, the odd ones by largest remainder', () => {
    expect(texts(inProportion(decimal('10'), decimals(['10', '5', '5']), one))).toEqual(['5', '3', '2'])
    expect(texts(inProportion(decimal('99'), decimals(['10', '5.5']), one))).toEqual(['10', '5.5'])
    expect(texts(inProportion(zero, decimals(['10', '5']), one))).toEqual(['0', '0'])
    expect(texts(inProportion(decimal('2.5'), decimals(['2', '2']), one))).toEqual(['1.5', '1'])
  })

  it('comes to the size or to all there is, and to nobody more than it holds', () =>
    fc.assert(
      fc.property(amount(0, 60, 1), fc.array(amount(0, 20, 1), { maxLength: 6 }), (size, held) => {
        for (const closing of [inTurn(size, held), inProportion(size, held, one)]) {
          expect(equals(sum(closing), min(size, sum(held)))).toBe(true)
          expect(closing.every((own, i) => atMost(zero, own) && atMost(own, held[i] ?? zero))).toBe(true)
        }
      }),
    ))
})

describe('what is left to those who close out an account', () => {
  const left = (worth: string, requirement: string, ...required: readonly string[]) =>
    texts(
      sharesLeft(
        { worth: decimal(worth), closed: decimal(worth), requirement: decimal(requirement), places: 2 },
        required.map((of) => ({ required: decimal(of), value: zero })),
      ),
    )

  it('is its worth, as far as it stood behind what is closed, by what each position required', () => {
    expect(left('50', '297.5', '207.5')).toEqual(['34.87'])
    expect(left('10', '40', '30', '10')).toEqual(['7.5', '2.5'])
    expect(left('0.01', '40', '20', '20')).toEqual(['0.01', '0'])
  })

  it('is no more than it is worth once each leg is closed in whole units', () =>
    expect(
      texts(
        sharesLeft({ worth: decimal('39.97'), closed: decimal('39.96'), requirement: decimal('80'), places: 2 }, [
          { required: decimal('60'), value: zero },
          { required: decimal('20'), value: zero },
        ]),
      ),
    ).toEqual(['29.97', '9.99']))

  it('is nothing of an account worth nothing, nor where nothing was required', () => {
    expect(left('-50', '40', '40')).toEqual(['0'])
    expect(left('0', '40', '40')).toEqual(['0'])
    expect(left('50', '40', '0')).toEqual(['0'])
    expect(left('50', '0')).toEqual([])
  })

  it('never lowers what the account is worth by what it still requires', () =>
    fc.assert(
      fc.property(
        amount(0, 300, 2),
        amount(0, 90, 2),
        fc.array(amount(0, 90, 2), { maxLength: 4 }),
        (worth, coins, required) => {
          const requirement = sum([coins, ...required])
          const given = sum(
            sharesLeft(
              { worth, closed: worth, requirement, places: 2 },
              required.map((of) => ({ required: of, value: zero })),
            ),
          )
          const after = subtract(worth, given)
          expect(atMost(multiply(worth, coins), multiply(after, requirement))).toBe(true)
          expect(atMost(abs(given), worth)).toBe(true)
        },
      ),
    ))
})
