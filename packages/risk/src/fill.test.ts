import {
  add,
  atLeast,
  atMost,
  compareRatios,
  decimal,
  equals,
  format,
  integer,
  isNegative,
  lessThan,
  max,
  multiply,
  multiplyRatios,
  negate,
  one,
  ratio,
  scale,
  subtract,
  subtractRatios,
  sum,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { insolventFill, type Slice, share, solventFill } from '.'
import { amount, bps, fraction } from './arbitraries'

const slice = (closed: string, held: string, margin: string, notional: string): Slice => ({
  closed: decimal(closed),
  held: decimal(held),
  margin: decimal(margin),
  notional: decimal(notional),
})
const texts = (amounts: object) =>
  Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, format(value)]))

const terms = { fee: decimal('0.01'), keeperTip: decimal('0.5'), keeperShare: decimal('0.2'), places: 2 }

describe('share', () => {
  it('weighs what is closed by the margin of the positions', () => {
    const x = share([slice('1', '3', '30', '100'), slice('2', '2', '10', '50')], decimal('40'))
    expect(compareRatios(x, ratio(integer(20), integer(40)))).toBe(0)
    expect(compareRatios(share([slice('0', '3', '30', '0')], decimal('40')), whole(zero))).toBe(0)
  })
})

describe('solventFill', () => {
  it('pays the bidder the value less the discount, and the fund its fee out of the discount', () => {
    // x = 1/2, v = 40: 20 to share out; the bidder 0.75 of it; the fee of 1 % on 250 is 2.5, out of a discount of 5
    const fill = solventFill({
      ...terms,
      slices: [slice('1', '2', '50', '250')],
      totalMargin: decimal('50'),
      equity: decimal('40'),
      kept: zero,
      discount: ratio(one, integer(4)),
    })
    expect(texts(fill)).toEqual({ payment: '15', charge: '2.5', reward: '1', kept: '2.5' })
  })

  it('rounds the fee up and the payment down', () => {
    const fill = solventFill({
      ...terms,
      slices: [slice('1', '3', '50', '250.5')],
      totalMargin: decimal('50'),
      equity: decimal('40'),
      kept: zero,
      discount: ratio(one, integer(4)),
    })
    // a third of 40: the bidder is paid 10, the discount is 3.33, the fee 2.505
    expect(texts(fill)).toEqual({ payment: '10', charge: '2.51', reward: '1', kept: '0.82' })
  })

  it('charges no more than the discount leaves, and rewards no more than it charges', () => {
    const fill = solventFill({
      ...terms,
      slices: [slice('1', '2', '50', '2500')],
      totalMargin: decimal('50'),
      equity: decimal('40'),
      kept: zero,
      discount: ratio(one, integer(100)),
    })
    expect(texts(fill)).toEqual({ payment: '19.8', charge: '0.2', reward: '0.2', kept: '0' })
  })

  it('auctions only what earlier fills did not leave the account', () => {
    const bid = {
      ...terms,
      fee: zero,
      slices: [slice('1', '1', '50', '250')],
      totalMargin: decimal('50'),
      discount: ratio(one, integer(4)),
    }
    expect(texts(solventFill({ ...bid, equity: decimal('42'), kept: decimal('2') }))).toEqual({
      payment: '30',
      charge: '0',
      reward: '0',
      kept: '12',
    })
  })

  it('starts anew where equity has fallen to what was kept', () => {
    const bid = {
      ...terms,
      fee: zero,
      slices: [slice('1', '1', '50', '250')],
      totalMargin: decimal('50'),
      discount: ratio(one, integer(4)),
    }
    expect(texts(solventFill({ ...bid, equity: decimal('2'), kept: decimal('2') }))).toEqual({
      payment: '1.5',
      charge: '0',
      reward: '0',
      kept: '0.5',
    })
  })

  it('never leaves the account worse than its equity less its share, nor the fund worse than before', () =>
    fc.assert(
      fc.property(
        fc.record({
          held: amount(1, 50),
          f: fraction,
          equity: amount(0, 500, 3),
          kept: amount(0, 100, 2),
          discount: fraction,
          fee: fc.nat(500).map(bps),
          tip: amount(0, 3, 2),
        }),
        ({ held, f, equity, kept, discount, fee, tip }) => {
          const closed = multiply(held, f.numerator)
          const slices = [{ closed, held: multiply(held, f.denominator), margin: decimal('80'), notional: closed }]
          const fill = solventFill({
            slices,
            totalMargin: decimal('100'),
            equity,
            kept,
            discount,
            fee,
            keeperTip: tip,
            keeperShare: decimal('0.5'),
            places: 2,
          })
          const after = subtract(equity, add(fill.payment, fill.charge))
          const floor = scale(subtractRatios(whole(one), share(slices, decimal('100'))), equity)
          expect(compareRatios(whole(after), floor)).toBeGreaterThanOrEqual(0)
          expect([fill.payment, fill.charge, fill.reward, fill.kept].some(isNegative)).toBe(false)
          expect(atMost(fill.reward, fill.charge)).toBe(true)
          expect(atMost(fill.kept, max(after, zero))).toBe(true)
        },
      ),
    ))

  it('pays no more for a bid in two parts than for the whole', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99 }),
        amount(1, 500, 2),
        fraction,
        fc.nat(200).map(bps),
        (part, equity, discount, fee) => {
          const bid = { discount, fee, keeperTip: zero, keeperShare: zero, places: 6 }
          const fill = (closed: number, held: number, before: typeof equity, kept: typeof equity) =>
            solventFill({
              ...bid,
              slices: [slice(String(closed), String(held), String(held), String(closed * 10))],
              totalMargin: integer(held),
              equity: before,
              kept,
            })
          const whole = fill(100, 100, equity, zero)
          const first = fill(part, 100, equity, zero)
          const second = fill(100 - part, 100 - part, subtract(equity, add(first.payment, first.charge)), first.kept)
          const gain = subtract(add(first.payment, second.payment), whole.payment)
          expect(atMost(gain, multiply(unit(6), integer(4)))).toBe(true)
          expect(atLeast(gain, multiply(unit(6), integer(-4)))).toBe(true)
        },
      ),
    ))
})

describe('insolventFill', () => {
  const bid = { totalMargin: decimal('60'), equity: decimal('-10.005'), places: 2 }

  it('fills its share of the hole and pays the bidder in margin, rounding down', () => {
    const fill = insolventFill({ ...bid, slices: [slice('1', '3', '60', '100')], share: ratio(one, integer(7)) })
    expect(texts(fill)).toEqual({ toAccount: '3.33', toBidder: '2.85' })
  })

  it('leaves the account at zero or above, by less than a unit, once everything is closed', () => {
    const fill = insolventFill({
      ...bid,
      slices: [slice('3', '3', '50', '100'), slice('2', '2', '10', '40')],
      share: whole(one),
    })
    expect(texts(fill)).toEqual({ toAccount: '10.01', toBidder: '60' })
  })

  it('in any number of fills fills the hole and no more', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 }),
        amount(1, 900, 4),
        fraction,
        (parts, hole, paid) => {
          let equity = negate(hole)
          let held = parts.reduce((a, b) => a + b, 0)
          const toBidders = parts.map((part) => {
            const slices = [slice(String(part), String(held), String(held), '1')]
            const fill = insolventFill({ slices, totalMargin: integer(held), equity, share: paid, places: 2 })
            held -= part
            equity = add(equity, fill.toAccount)
            return fill.toBidder
          })
          expect(atLeast(equity, zero) && lessThan(equity, unit(2))).toBe(true)
          expect(
            compareRatios(whole(sum(toBidders)), multiplyRatios(paid, whole(sum(parts.map(integer))))),
          ).toBeLessThanOrEqual(0)
          expect(equals(sum(toBidders), zero) || !isNegative(sum(toBidders))).toBe(true)
        },
      ),
    ))
})
