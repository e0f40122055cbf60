import { atMost, type Decimal, decimal, equals, format, isPositive, subtract, sum, zero } from '@novation/decimal'
import fc from 'fast-check'
import { type Amount, type Caps, drawnUnder, instrumentShare, type Standing, standsOn, withinCaps } from '.'
import { amount } from './arbitraries'

const amounts = (of: Record<string, string>): readonly Amount[] =>
  Object.entries(of).map(([id, text]) => ({ id, amount: decimal(text) }))
const texts = (of: readonly Amount[]) => Object.fromEntries(of.map(({ id, amount: each }) => [id, format(each)]))
const loss = (
  id: string,
  of: string,
  coins: Record<string, string> = {},
  instruments: Record<string, string> = {},
  owner = id,
): Standing => ({ id, owner, amount: decimal(of), coins: amounts(coins), instruments: amounts(instruments) })
const caps = (owners: Record<string, string>, parts: Record<string, string>): Caps => {
  const left = (of: Record<string, string>) => (id: string) => decimal(of[id] ?? '1000000')
  return { owner: left(owners), part: left(parts) }
}

describe('the cap', () => {
  it('of an instrument goes by what a gap would cost its longs', () => {
    const share = (own: string, others: string) => instrumentShare(decimal('2'), decimal(own), decimal(others))
    const quarter = share('100', '700')
    expect(equals(quarter.numerator, decimal('200')) && equals(quarter.denominator, decimal('800'))).toBe(true)
    for (const all of [share('100', '0'), share('0', '0'), share('500', '500')])
      expect(equals(all.numerator, all.denominator)).toBe(true)
  })
})

describe('a loss stands', () => {
  const on = (of: Standing) => texts(standsOn(of, 2))
  it('first on the coins that have fallen, on each up to that', () => {
    expect(on(loss('a', '20000', { ETH: '30000' }, { BTC: '9000' }))).toEqual({ ETH: '20000' })
    expect(on(loss('a', '100', { ETH: '30.009', SOL: '20' }, { BTC: '9' }))).toEqual({
      ETH: '30',
      SOL: '20',
      BTC: '50',
    })
    expect(on(loss('a', '10.01', { SOL: '10', ETH: '10' }, { BTC: '9' }))).toEqual({ ETH: '5.01', SOL: '5' })
  })

  it('with the rest on the instruments, by what they required', () => {
    expect(on(loss('a', '10000', { ETH: '0' }, { BTC: '300', SOL: '100' }))).toEqual({ BTC: '7500', SOL: '2500' })
    expect(on(loss('a', '10000', {}, { BTC: '0' }))).toEqual({ BTC: '10000' })
  })

  it('all on the coins where there were no positions, and on nothing where there was neither', () => {
    expect(on(loss('a', '100', { ETH: '30', SOL: '20' }))).toEqual({ ETH: '60', SOL: '40' })
    expect(on(loss('a', '100', { ETH: '0' }))).toEqual({ ETH: '100' })
    expect(on(loss('a', '100'))).toEqual({})
  })
})

describe('losses within the caps', () => {
  const allowed = (losses: readonly Standing[], of: Caps) =>
    withinCaps(losses, of, 2).map(({ id, amount: each, parts }) => [id, format(each), texts(parts)])

  it('are paid for one owner as far as its cap goes, by largest remainder', () =>
    expect(
      allowed([loss('b', '10', {}, { X: '1' }, 'o'), loss('a', '10', {}, { X: '1' }, 'o')], caps({ o: '9.99' }, {})),
    ).toEqual([
      ['a', '5', { X: '5' }],
      ['b', '4.99', { X: '4.99' }],
    ]))

  it('are paid on each coin and instrument as far as its cap goes, in proportion, rounded down', () => {
    const both = [loss('a', '90', { ETH: '30' }, { X: '1' }), loss('b', '60', {}, { X: '1' })]
    expect(allowed(both, caps({}, { ETH: '12', X: '100' }))).toEqual([
      ['a', '62', { ETH: '12', X: '50' }],
      ['b', '50', { X: '50' }],
    ])
  })

  it('are not paid where a cap is used up, and paid whole where nothing caps them', () => {
    expect(allowed([loss('a', '9', {}, { X: '1' })], caps({ a: '-1' }, {}))).toEqual([['a', '0', {}]])
    expect(allowed([loss('a', '9', {}, { X: '1' })], caps({}, { X: '0' }))).toEqual([['a', '0', { X: '0' }]])
    expect(allowed([loss('a', '9')], caps({}, {}))).toEqual([['a', '9', {}]])
  })

  it('draw on each cap in the proportion of the parts', () => {
    const [of] = withinCaps([loss('a', '90', { ETH: '30' }, { X: '1' })], caps({}, {}), 2)
    expect(of && texts(drawnUnder(of, decimal('9'), 2))).toEqual({ ETH: '3', X: '6' })
    expect(of && texts(drawnUnder({ ...of, amount: zero }, decimal('9'), 2))).toEqual({})
  })

  it('never come to more than is lost, nor than a cap has left, in whatever order', () => {
    const money = amount(0, 500, 2)
    const losses = fc
      .array(fc.record({ of: money, owner: fc.nat(2), coin: fc.nat(2), fallen: money, x: money, y: money }), {
        maxLength: 6,
      })
      .map((all) =>
        all.map(
          ({ of, owner, coin, fallen, x, y }, i): Standing => ({
            id: `a${i}`,
            owner: `o${owner}`,
            amount: of,
            coins: [{ id: `c${coin}`, amount: fallen }],
            instruments: [
              { id: 'x', amount: x },
              { id: 'y', amount: y },
            ],
          }),
        ),
      )
    fc.assert(
      fc.property(losses, money, money, (all, ownerLeft, partLeft) => {
        const of = { owner: () => ownerLeft, part: () => partLeft }
        const paid = withinCaps(all, of, 2)
        const paidFor = (isOf: (loss: Standing) => boolean): Decimal =>
          sum(paid.filter(({ id }) => all.some((each) => each.id === id && isOf(each))).map((each) => each.amount))
        for (const each of all)
          expect(
            atMost(
              paidFor(({ id }) => id === each.id),
              each.amount,
            ),
          ).toBe(true)
        for (const owner of ['o0', 'o1', 'o2'])
          expect(
            atMost(
              paidFor((each) => each.owner === owner),
              ownerLeft,
            ),
          ).toBe(true)
        for (const name of ['c0', 'c1', 'c2', 'x', 'y'])
          expect(
            atMost(
              sum(paid.flatMap(({ parts }) => parts.filter(({ id }) => id === name)).map((each) => each.amount)),
              partLeft,
            ),
          ).toBe(true)
        expect(withinCaps([...all].reverse(), of, 2)).toEqual(paid)
        const wide = { owner: () => decimal('1000000'), part: () => decimal('1000000') }
        expect(
          isPositive(
            subtract(sum(all.map((each) => each.amount)), sum(withinCaps(all, wide, 2).map((each) => each.amount))),
          ),
        ).toBe(false)
      }),
    )
  })
})
