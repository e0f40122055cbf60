import { type Decimal, decimal, multiply, subtract, sum, unit, whole, zero } from '@novation/decimal'
import type { Item } from './fill'
import { fewest, lotsOf, quantityOf } from './lots'

/** Fractions of a bid's size are whole millionths. */
const stepPlaces = 6
const steps = 1_000_000n
const fractionOf = (n: bigint): Decimal => multiply(decimal(n.toString()), unit(stepPlaces))

/** The least fraction that is enough, in whole millionths; 1 where none is. */
export const leastFraction = (enough: (fraction: Decimal) => boolean): Decimal =>
  fractionOf(fewest(steps, (n) => enough(fractionOf(n))))

/** So much of each item, up to a lot. */
export const quantitiesAt = (items: readonly Item[], fraction: Decimal): readonly Decimal[] =>
  items.map(({ held, lot }) => quantityOf(lotsOf(whole(multiply(fraction, held)), lot), lot, held))

/** What so much of each item comes to. */
export const valueAt = (items: readonly Item[], quantities: readonly Decimal[]): Decimal =>
  sum(items.map(({ unitValue }, i) => multiply(quantities[i] ?? zero, unitValue)))

/** What stays once so much of each item is taken. */
export const valueLeft = (items: readonly Item[], taken: readonly Decimal[]): Decimal =>
  valueAt(
    items,
    items.map(({ held }, i) => subtract(held, taken[i] ?? zero)),
  )
