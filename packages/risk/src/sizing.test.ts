import {
  add,
  atMost,
  type Decimal,
  decimal,
  format,
  greaterThan,
  integer,
  isZero,
  multiply,
  negate,
  one,
  ratio,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { fractionQuantities, type Item, restoringQuantity, type Sizing, type TieredTerms } from '.'
import { breached } from './arbitraries'
import { restores } from './sizing'
import { maintenanceMargin } from './tiered'

const flat = (maintenance: string): TieredTerms => ({
  tiers: [{ initial: decimal(maintenance), maintenance: decimal(maintenance) }],
})

interface Holding {
  readonly held: string
  readonly lot: string
  readonly price: string
  readonly rate?: string
}

/** A breached account with so much equity and such positions; the buffer is 0, a bidder is paid all the value. */
const account = (
  worth: string,
  holds: readonly Holding[],
  change: Partial<Sizing['offer']> & { dust?: string; buffer?: string } = {},
): Sizing => {
  const { dust = '0', buffer = '0', ...terms } = change
  const margin = ({ held, price, rate = '0.05' }: Holding, taken: Decimal = zero) =>
    maintenanceMargin(flat(rate), multiply(subtract(decimal(held), taken), decimal(price)), 2)
  const items: Item[] = holds.map((holding) => ({
    held: decimal(holding.held),
    lot: decimal(holding.lot),
    unitValue: decimal(holding.price),
    required: margin(holding),
  }))
  return {
    items,
    offer: {
      worth: decimal(worth),
      requirement: sum(items.map(({ required }) => required)),
      kept: zero,
      discount: whole(zero),
      promised: whole(zero),
      fee: zero,
      places: 2,
      ...terms,
    },
    lacks: (taken) =>
      subtract(multiply(add(one, decimal(buffer)), sum(holds.map((of, i) => margin(of, taken[i])))), decimal(worth)),
    dust: decimal(dust),
  }
}
const btc = { held: '10', lot: '0.1', price: '100' }
const quarter = { discount: ratio(one, integer(4)) }
const fractions = (sizing: Sizing, asked = '1') => fractionQuantities(sizing, decimal(asked)).map(format)
const alone = (sizing: Sizing, most = sizing.items[0]?.held ?? zero) => format(restoringQuantity(sizing, 0, most))

describe('a bid for a fraction of everything', () => {
  it('takes the least that restores the account, in lots', () => {
    // worth 40, R 50: a quarter of what is given up stays, so taking 5 of 10 costs 15 and frees 25
    expect(fractions(account('40', [btc], quarter))).toEqual(['5'])
    expect(fractions(account('39.9', [btc], quarter))).toEqual(['5.1'])
  })

  it('takes no more than is asked, up to a lot of each', () => {
    expect(fractions(account('40', [btc], quarter), '0.2')).toEqual(['2'])
    expect(fractions(account('40', [btc, { ...btc, lot: '1' }], quarter), '0.11')).toEqual(['1.1', '2'])
  })

  it('takes everything where nothing restores the account, and where it is below zero', () => {
    expect(fractions(account('40', [btc]))).toEqual(['10'])
    expect(fractions(account('-1', [btc, btc], quarter))).toEqual(['10', '10'])
    expect(fractions(account('-1', [btc, btc], quarter), '0.5')).toEqual(['5', '5'])
  })

  it('takes everything where what would stay is below the dust', () => {
    expect(fractions(account('40', [btc], { ...quarter, dust: '500' }))).toEqual(['5'])
    expect(fractions(account('40', [btc], { ...quarter, dust: '500.01' }))).toEqual(['10'])
    expect(fractions(account('40', [btc], { ...quarter, dust: '500.01' }), '0.7')).toEqual(['7'])
  })

  it('takes of the largest requirement first, and of the last no lot too many', () => {
    // half of both restores; rounded up to lots of 3 the first frees more than half, so less is left to the second
    const sizing = account(
      '40',
      [
        { ...btc, held: '4', lot: '0.1' },
        { ...btc, held: '6', lot: '3.5' },
      ],
      quarter,
    )
    expect(fractions(sizing)).toEqual(['1.5', '3.5'])
  })

  it('of a debit sells the coins that bring the cash back, with what selling costs', () => {
    // 1,400 of cash are missing; a fifth of the cut of 10 % goes to the bidder and half a percent to the fund
    const price = decimal('100')
    const sizing: Sizing = {
      items: [{ held: integer(20), lot: decimal('0.00000001'), unitValue: price, required: integer(200) }],
      offer: {
        worth: decimal('600'),
        requirement: integer(200),
        kept: zero,
        discount: ratio(decimal('0.7'), one),
        promised: whole(zero),
        fee: decimal('0.005'),
        places: 2,
      },
      lacks: ([taken = zero]) => subtract(decimal('1400'), multiply(taken, price)),
      dust: zero,
    }
    expect(fractions(sizing)).toEqual(['14.5078'])
  })
})

describe('a bid for one item', () => {
  it('takes the fewest lots that restore the account', () => {
    expect(alone(account('40', [btc], quarter))).toBe('5')
    expect(alone(account('39.9', [btc], quarter))).toBe('5.1')
    // what a fill rounds in favour of the account counts: half of 29.9925 is paid as 14.99, which leaves 25
    expect(alone(account('39.99', [btc], quarter))).toBe('5')
  })

  it('takes all of what restores nothing, but no more than is no hedge', () => {
    expect(alone(account('40', [btc]))).toBe('10')
    expect(alone(account('-1', [btc], quarter))).toBe('10')
    expect(alone(account('-1', [btc], quarter), decimal('3'))).toBe('3')
    expect(alone(account('40', [btc], quarter), decimal('3'))).toBe('3')
    expect(alone(account('40', [btc], quarter), zero)).toBe('0')
  })

  it('takes a rest below the dust along, of an only item', () => {
    expect(alone(account('40', [btc], { ...quarter, dust: '500.01' }))).toBe('10')
    const other = { held: '0.001', lot: '0.001', price: '1' }
    expect(alone(account('40', [btc, other], { ...quarter, dust: '500.01' }))).toBe('5')
  })

  it('refuses an item that is not there', () =>
    expect(() => restoringQuantity(account('40', [btc]), 1, one)).toThrow(RangeError))
})

describe('whatever the account', () => {
  it('a bid for everything restores it, where any does, and one lot less of what was taken last does not', () =>
    fc.assert(
      fc.property(breached({ minLength: 1, maxLength: 3 }), (sizing) => {
        const taken = fractionQuantities(sizing, one)
        const all = sizing.items.map(({ held }) => held)
        if (!restores(sizing, taken)) {
          expect(taken.map(format)).toEqual(all.map(format))
          return
        }
        const closed = sizing.items.flatMap(({ required }, i) => (isZero(taken[i] ?? zero) ? [] : [{ i, required }]))
        const last = closed
          .sort((a, b) =>
            greaterThan(a.required, b.required) ? -1 : greaterThan(b.required, a.required) ? 1 : a.i - b.i,
          )
          .at(-1)
        const fewer = taken.map((of, i) => (i === last?.i ? lotLess(sizing.items[i], of) : of))
        expect(restores(sizing, fewer)).toBe(false)
      }),
    ))

  it('a bid for one item restores it with as few lots as can be, or takes all', () =>
    fc.assert(
      fc.property(breached({ minLength: 1, maxLength: 3 }), (sizing) => {
        const held = sizing.items[0]?.held ?? zero
        const quantity = restoringQuantity(sizing, 0, held)
        const at = (of: Decimal) => sizing.items.map((_, i) => (i === 0 ? of : zero))
        expect(atMost(quantity, held)).toBe(true)
        if (restores(sizing, at(quantity))) expect(restores(sizing, at(lotLess(sizing.items[0], quantity)))).toBe(false)
        else expect(format(quantity)).toBe(format(held))
      }),
    ))
})

/** One lot less; of an odd rest, that. */
const lotLess = (item: Item | undefined, of: Decimal): Decimal => {
  const less = add(of, negate(item?.lot ?? one))
  return greaterThan(less, zero) ? less : zero
}
