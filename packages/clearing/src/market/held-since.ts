import { abs, type Decimal, decimal, divideFloor, greaterThan, multiply, subtract, toNumber } from '@novation/decimal'
import type { Millis, PoolParameters } from '@novation/events'
import type { Asset, Instrument } from '../state/pool'
import { refOf } from '../state/reference'
import type { Held } from '../state/values'

/** A price that comes, beside the last one that was taken and the one that is held, if there is one. */
interface Coming {
  readonly last: Decimal
  readonly held: Held | undefined
  readonly value: Decimal
  readonly observed: Millis
  readonly of: Instrument | Asset | undefined
}

/** Nothing waits longer to be confirmed. */
const longest_ms = 300_000

const distance = (one: Decimal, other: Decimal): Decimal => abs(subtract(one, other))

/**
 * Since when a price is held, or nothing where it is taken: within the deviation of the last one; or, within it of what is held,
 * when it is observed so long after the first of those: `confirm_ms` for each deviation that it has moved, five minutes at most.
 * Sooner, it takes the place of what is held, and not its time; any other begins anew. So no single price, and no false one that
 * is said again and again at once, hurts anybody, or lets anybody go.
 */
export const heldSince = (
  { last, held, value, observed, of }: Coming,
  { deviation, confirm_ms }: Pick<PoolParameters, 'deviation' | 'confirm_ms'>,
): Millis | undefined => {
  const band = (around: Decimal): Decimal =>
    multiply(decimal(deviation), of === undefined ? abs(around) : refOf(of, around))
  const moved = distance(value, last)
  if (!greaterThan(moved, band(last))) return undefined
  if (held === undefined || greaterThan(distance(value, held.value), band(held.value))) return observed
  const steps = Math.max(1, toNumber(divideFloor(moved, band(last), 0)))
  return observed - held.since >= Math.min(confirm_ms * steps, longest_ms) ? undefined : held.since
}
