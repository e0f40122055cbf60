import {
  add,
  ceil,
  type Decimal,
  decimal,
  floorRatio,
  integer,
  multiply,
  type Ratio,
  ratio,
  scale,
  subtract,
  sum,
  unit,
  whole,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import type { Item } from './fill'
import type { Sizing } from './sizing'
import { maintenanceMargin } from './tiered'
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

/** A position in lots, maybe an odd one from elsewhere, and what it requires once so much is left. */
const position = fc
  .record({
    terms,
    lots: fc.integer({ min: 1, max: 150 }),
    odd: fc.boolean(),
    unitValue: amount(1, 300, 2),
    lot: fc.constantFrom('1', '0.1', '0.25', '0.001'),
  })
  .map(({ terms: of, lots, odd, lot, unitValue }) => ({
    lot: decimal(lot),
    held: add(multiply(integer(lots), decimal(lot)), multiply(decimal(lot), decimal(odd ? '0.5' : '0'))),
    unitValue,
    requires: (left: Decimal, places: number) => maintenanceMargin(of, multiply(left, unitValue), places),
  }))

/** A coin, of which a share is required. */
const coin = fc
  .record({
    units: fc.integer({ min: 1, max: 50_000 }),
    unitValue: amount(1, 300, 2),
    cut: fc.integer({ min: 0, max: 3000 }),
  })
  .map(({ units, unitValue, cut }) => ({
    lot: decimal('0.001'),
    held: multiply(integer(units), decimal('0.001')),
    unitValue,
    requires: (left: Decimal, places: number) => ceil(multiply(bps(cut), multiply(left, unitValue)), places),
  }))

/** A breached account whose worth is a share `level` of its target; `requirement` is R once so much of each is taken. */
export interface Breached extends Sizing {
  readonly requirementAfter: (taken: readonly Decimal[]) => Decimal
}

export const breached = (counts: { minLength: number; maxLength: number }): fc.Arbitrary<Breached> =>
  fc
    .record({
      holds: fc.array(fc.oneof({ weight: 3, arbitrary: position }, { weight: 1, arbitrary: coin }), counts),
      level: fraction,
      kept: fc.constantFrom(...['0', '0.25', '0.9'].map(decimal)),
      discount: fc.integer({ min: 0, max: 30 }).map((n) => ratio(integer(n), integer(100))),
      promised: fc.constantFrom(...['0', '0.05', '0.1'].map((text) => whole(decimal(text)))),
      fee: fc.integer({ min: 0, max: 300 }).map(bps),
      buffer: fc.constantFrom(...['0', '0.1', '0.5', '1'].map(decimal)),
      places: fc.constantFrom(0, 2, 6),
    })
    .map(({ holds, level, buffer, places, ...terms }) => {
      const requirementAfter = (taken: readonly Decimal[]) =>
        sum(holds.map(({ held, requires }, i) => requires(subtract(held, taken[i] ?? zero), places)))
      const target = (taken: readonly Decimal[]) => multiply(add(integer(1), buffer), requirementAfter(taken))
      const worth = subtract(floorRatio(scale(level, target([])), places), unit(places))
      const items: Item[] = holds.map(({ requires, ...item }) => ({ ...item, required: requires(item.held, places) }))
      return {
        items,
        offer: { ...terms, worth, requirement: requirementAfter([]), places },
        lacks: (taken) => subtract(target(taken), worth),
        dust: zero,
        requirementAfter,
      }
    })
