import {
  abs,
  add,
  atLeast,
  atMost,
  type Decimal,
  decimal,
  divideFloor,
  floorRatio,
  format,
  integer,
  isNegative,
  max,
  multiply,
  negate,
  one,
  ratio,
  scale,
  subtract,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { fillCost, growth, type Item, keptAfter, type Offer, premiumOf, rewardOf, type Taken } from '.'
import { amount, bps, breached, fraction } from './arbitraries'

const texts = (amounts: object) =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, format(value)]))

const offer: Offer = {
  worth: decimal('40'),
  requirement: decimal('50'),
  kept: zero,
  discount: ratio(one, integer(4)),
  promised: whole(zero),
  fee: decimal('0.01'),
  places: 2,
}
const item: Item = { held: decimal('2'), lot: one, unitValue: decimal('250'), required: decimal('50') }
const taking = (quantity: string, of: Item = item, grows = quantity): Taken => ({
  item: of,
  quantity: decimal(quantity),
  grows: decimal(grows),
})

describe('growth', () => {
  it.each([
    ['0', '3', '3'],
    ['2', '3', '3'],
    ['-2', '-3', '3'],
    ['-2', '3', '1'],
    ['5', '-3', '0'],
  ])('of who holds %s and takes %s is %s', (held, taken, grows) =>
    expect(format(growth(decimal(held), decimal(taken)))).toBe(grows),
  )

  it('is in parts what it is at once', () =>
    fc.assert(
      fc.property(amount(-20, 20), amount(0, 20), amount(0, 20), fc.boolean(), (held, first, second, isShort) => {
        const [a, b] = isShort ? [negate(first), negate(second)] : [first, second]
        const inParts = add(growth(held, a), growth(add(held, a), b))
        expect(format(inParts)).toBe(format(growth(held, add(a, b))))
      }),
    ))
})

describe('fillCost', () => {
  it('pays the bidder the value less the discount, and the fund its fee out of the discount', () =>
    // x = 1/2, v = 40: 20 to share out; the bidder 0.75 of it; the fee of 1 % on 250 is 2.5, out of a discount of 5
    expect(texts(fillCost(offer, [taking('1')]))).toEqual({ auctioned: '20', promise: '0', pays: '15', charge: '2.5' }))

  it('rounds the fee up and the payment down', () =>
    // a third of 40: the bidder is paid 9.99.. of 13.33, the fee on 250.5 is 2.505
    expect(texts(fillCost(offer, [taking('1', { ...item, held: decimal('3'), unitValue: decimal('250.5') })]))).toEqual(
      { auctioned: '13.33', promise: '0', pays: '10', charge: '2.51' },
    ))

  it('charges no more than the payment leaves', () =>
    expect(
      texts(fillCost({ ...offer, discount: ratio(one, integer(100)), fee: decimal('0.5') }, [taking('1')])),
    ).toEqual({ auctioned: '20', promise: '0', pays: '19.8', charge: '0.2' }))

  it('auctions no more than is required, and nothing of what earlier fills left the account', () => {
    expect(texts(fillCost({ ...offer, worth: decimal('900') }, [taking('1')])).auctioned).toBe('25')
    expect(texts(fillCost({ ...offer, kept: decimal('0.25') }, [taking('1')])).auctioned).toBe('15')
    expect(texts(fillCost({ ...offer, worth: decimal('-1') }, [taking('2')])).auctioned).toBe('0')
  })

  it('weighs what is taken by what it requires of all, live or not', () => {
    const other: Item = { ...item, required: decimal('25') }
    expect(
      texts(fillCost({ ...offer, requirement: decimal('100') }, [taking('1'), taking('2', other)])).auctioned,
    ).toBe('20')
  })

  it('auctions nothing of an account that requires nothing', () =>
    expect(texts(fillCost({ ...offer, requirement: zero }, [taking('1', { ...item, required: zero })]))).toEqual({
      auctioned: '0',
      promise: '0',
      pays: '0',
      charge: '0',
    }))

  it('pays the promise out of the value first, whatever the discount', () => {
    const late = { ...offer, discount: whole(decimal('0.9')), promised: whole(decimal('0.1')) }
    expect(texts(fillCost(late, [taking('1')]))).toEqual({
      auctioned: '20',
      promise: '2.5',
      pays: '2.5',
      charge: '2.5',
    })
    expect(texts(fillCost({ ...late, worth: decimal('1') }, [taking('1')]))).toEqual({
      auctioned: '0.5',
      promise: '2.5',
      pays: '0.5',
      charge: '0',
    })
  })

  it('promises nothing for what only closes a position of the bidder', () => {
    const late = { ...offer, worth: decimal('-1'), promised: whole(decimal('0.1')) }
    expect(texts(fillCost(late, [taking('2', item, '0.5')])).promise).toBe('1.25')
  })

  it('never pays out more than its share of the value, and never lowers worth by what is required', () =>
    fc.assert(
      fc.property(
        breached({ minLength: 1, maxLength: 3 }),
        fc.array(fraction, { minLength: 3, maxLength: 3 }),
        (account, parts) => {
          const lots = account.items.map(({ held, lot }, i) =>
            multiply(lot, floorRatio(scale(parts[i] ?? whole(zero), divideFloor(held, lot, 0)), 0)),
          )
          const taken = account.items.map((of, i) => ({ item: of, quantity: lots[i] ?? zero, grows: lots[i] ?? zero }))
          const { auctioned, pays, charge } = fillCost(account.offer, taken)
          expect([auctioned, pays, charge].some(isNegative)).toBe(false)
          expect(atMost(add(pays, charge), auctioned)).toBe(true)

          // W'/R' >= W/R, but for the rounding up of what each item still requires
          const { worth, requirement, places } = account.offer
          if (isNegative(worth)) return
          const after = subtract(worth, add(pays, charge))
          const rounding = multiply(unit(places), integer(account.items.length))
          const still = subtract(account.requirementAfter(lots), rounding)
          expect(atLeast(multiply(after, requirement), multiply(worth, still))).toBe(true)
        },
      ),
    ))
})

describe('premiumOf', () => {
  const cost = { auctioned: zero, promise: decimal('10'), pays: decimal('4'), charge: zero }
  it('is what the account does not pay of the promise', () => expect(format(premiumOf(cost, decimal('100')))).toBe('6'))
  it('is no more than the fund has for it', () => expect(format(premiumOf(cost, decimal('5')))).toBe('5'))
  it('is nothing where the account pays more than is promised', () =>
    expect(format(premiumOf({ ...cost, pays: decimal('11') }, decimal('100')))).toBe('0'))
})

describe('rewardOf', () => {
  const keeper = { tip: one, share: decimal('0.2') }
  it('is the tip and a share of the charge', () =>
    expect(texts(rewardOf(keeper, decimal('3.74'), 2))).toEqual({ reward: '1.74', tip: '0' }))
  it('is no more than the charge, and what is not paid of the tip stays', () =>
    expect(texts(rewardOf(keeper, decimal('0.64'), 2))).toEqual({ reward: '0.64', tip: '0.488' }))
  it('pays the tip once, in however many fills', () =>
    fc.assert(
      fc.property(fc.array(amount(0, 9, 2), { minLength: 1, maxLength: 8 }), amount(0, 5, 2), (charges, tip) => {
        let left = tip
        for (const charge of charges) {
          const paid = rewardOf({ tip: left, share: keeper.share }, charge, 2)
          expect(atMost(paid.reward, charge)).toBe(true)
          expect(atLeast(paid.reward, subtract(multiply(keeper.share, charge), unit(2)))).toBe(true)
          expect(isNegative(paid.tip) || !atMost(paid.tip, left)).toBe(false)
          left = paid.tip
        }
      }),
    ))
})

describe('keptAfter', () => {
  const cost = { auctioned: decimal('20'), promise: zero, pays: decimal('15'), charge: decimal('2.5') }
  it('is what the discount left the account, of what it is then worth', () =>
    expect(format(keptAfter(offer, cost, decimal('22.5')))).toBe('0.111111111111111111'))
  it('adds to what earlier fills left', () =>
    expect(format(keptAfter({ ...offer, kept: decimal('0.5') }, cost, decimal('22.5')))).toBe(String(1)))
  it('is nothing where nothing is left', () => {
    expect(format(keptAfter(offer, cost, zero))).toBe('0')
    expect(format(keptAfter(offer, cost, decimal('-1')))).toBe('0')
    expect(format(keptAfter({ ...offer, worth: decimal('-9'), kept: one }, cost, one))).toBe('0')
  })
})

/** What somebody is paid who takes so much at once: by the account, and by a fund that has enough. */
const incomeOf = (of: Offer, parts: readonly Taken[]) => {
  const cost = fillCost(of, parts)
  return { ...cost, income: add(cost.pays, premiumOf(cost, decimal('1000000'))) }
}
const near = (a: Decimal, b: Decimal, units: number, places: number) =>
  atMost(abs(subtract(a, b)), multiply(unit(places), integer(units)))

describe('the income of a bidder', () => {
  const terms = {
    equity: amount(-300, 300, 2),
    requirement: amount(301, 900),
    discount: fraction,
    premium: fc.nat(2000).map(bps),
    quantity: fc.integer({ min: 1, max: 100 }),
    fee: fc.nat(200).map(bps),
  }
  const heldOf = (requirement: Decimal, held = integer(100)): Item => ({
    held,
    lot: one,
    unitValue: decimal('10'),
    required: requirement,
  })

  it('moves by no more than a few units with each unit of equity, through zero', () =>
    fc.assert(
      fc.property(fc.record(terms), ({ equity, requirement, discount, premium, quantity, fee }) => {
        const at = (worth: Decimal) =>
          incomeOf({ ...offer, worth, requirement, discount, promised: whole(premium), fee }, [
            taking(String(quantity), heldOf(requirement)),
          ]).income
        for (const worth of [equity, decimal('0'), decimal('-0.01')])
          expect(near(at(add(worth, unit(2))), at(worth), 2, 2)).toBe(true)
      }),
    ))

  it('is for a bid in two parts what it is for the whole, while the account lacks its requirement', () =>
    fc.assert(
      fc.property(
        fc.record({ ...terms, quantity: fc.integer({ min: 1, max: 99 }), kept: fc.nat(9999).map(bps) }),
        ({ equity, discount, premium, quantity, fee, kept }) => {
          const account = (held: number, worth: Decimal, k: Decimal) => ({
            of: {
              worth,
              requirement: integer(held * 4),
              kept: k,
              discount,
              promised: whole(premium),
              fee,
              places: 6,
            },
            item: heldOf(integer(held * 4), integer(held)),
          })
          const before = account(100, equity, kept)
          const atOnce = incomeOf(before.of, [taking('100', before.item)])
          const first = incomeOf(before.of, [taking(String(quantity), before.item)])
          const worth = subtract(equity, add(first.pays, first.charge))
          const rest = account(100 - quantity, worth, keptAfter(before.of, first, worth))
          if (atLeast(worth, rest.of.requirement)) return
          const second = incomeOf(rest.of, [taking(String(100 - quantity), rest.item)])
          expect(near(add(first.income, second.income), atOnce.income, 6, 6)).toBe(true)
          expect(near(add(first.charge, second.charge), atOnce.charge, 6, 6)).toBe(true)
        },
      ),
    ))

  it('never costs the fund more than the promise, nor the account more than it is worth', () =>
    fc.assert(
      fc.property(fc.record(terms), ({ equity, requirement, discount, premium, quantity, fee }) => {
        const of = { ...offer, worth: equity, requirement, discount, promised: whole(premium), fee }
        const { pays, charge, promise, income } = incomeOf(of, [taking(String(quantity), heldOf(requirement))])
        expect(atMost(subtract(income, pays), promise)).toBe(true)
        expect(atMost(add(pays, charge), max(zero, equity))).toBe(true)
      }),
    ))
})
