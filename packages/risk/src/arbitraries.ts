import { add, type Decimal, decimal, integer, multiply, type Ratio, ratio, unit } from '@novation/decimal'
import fc from 'fast-check'
import type { Breach, OpenPosition } from './breach'
import type { Tier, TieredTerms } from './tiers'

/** For tests only: amounts between two integers, in steps of 10^-places. */
export const amount = (from: number, to: number, places = 0): fc.Arbitrary<Decimal> =>
  fc.integer({ min: from * 10 ** places, max: to * 10 ** places }).map((n) => multiply(integer(n), unit(places)))

/** Rates in basis points that rise from tier to tier, maintenance at or below initial. */
const tier = fc.record({
  initial: fc.integer({ min: 0, max: 3000 }),
  maintenance: fc.integer({ min: 1, max: 300 }),
  width: amount(1, 5000),
})

export const terms: fc.Arbitrary<TieredTerms> = fc.array(tier, { minLength: 1, maxLength: 4 }).map((steps) => {
  const tiers: Tier[] = []
  let maintenance = 0
  let above = 0
  let bound = integer(0)
  for (const [i, step] of steps.entries()) {
    maintenance += step.maintenance
    above += step.initial % 500
    bound = add(bound, step.width)
    const rates = { initial: bps(maintenance + above), maintenance: bps(maintenance) }
    tiers.push(i === steps.length - 1 ? rates : { ...rates, upTo: bound })
  }
  return { tiers }
})

export const bps = (n: number): Decimal => multiply(integer(n), decimal('0.0001'))

/** Fractions in [0, 1]. */
export const fraction: fc.Arbitrary<Ratio> = fc
  .integer({ min: 1, max: 1000 })
  .chain((d) => fc.integer({ min: 0, max: d }).map((n) => ratio(integer(n), integer(d))))

const position: fc.Arbitrary<OpenPosition> = fc
  .record({
    terms,
    lots: fc.integer({ min: 1, max: 150 }),
    odd: fc.boolean(),
    unitNotional: amount(1, 300, 2),
    lot: fc.constantFrom('1', '0.1', '0.25', '0.001'),
  })
  .map(({ lots, odd, lot, ...rest }) => ({
    ...rest,
    lot: decimal(lot),
    held: add(multiply(integer(lots), decimal(lot)), multiply(decimal(lot), decimal(odd ? '0.5' : '0'))),
  }))

/** Accounts under liquidation, `equity` a share of (1 + b) * MM that the caller fills in. */
export const breachOf = (positions: number): fc.Arbitrary<Omit<Breach, 'equity'> & { readonly level: Ratio }> =>
  fc.record({
    positions: fc.array(position, { minLength: positions > 1 ? 1 : positions, maxLength: positions }),
    level: fraction,
    aside: fc.constant(integer(0)),
    kept: fc.constantFrom(...['0', '0.5', '3', '40'].map(decimal)),
    discount: fc.integer({ min: 0, max: 30 }).map((n) => ratio(integer(n), integer(100))),
    fee: fc.integer({ min: 0, max: 300 }).map(bps),
    buffer: fc.constantFrom(...['0', '0.1', '0.5', '1'].map(decimal)),
    dust: fc.constant(integer(0)),
    places: fc.constantFrom(0, 2, 6),
  })
