import {
  abs,
  apportion,
  type Decimal,
  divideFloor,
  isZero,
  min,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { isBreached } from '../state/health'
import type { Instrument, Pool, Ranked } from '../state/pool'
import { profitOf } from '../state/worth'
import { rankingOf } from './ranking'

/** Somebody on the other side of a position, and how much of theirs is closed. */
export interface Closing {
  readonly id: string
  readonly closing: Decimal
  readonly held: Decimal
  readonly unrealised: Decimal
  readonly profit: Decimal
  /** Below maintenance margin: closed at the mark, neither giving nor receiving. */
  readonly atMark: boolean
}

/** So much of what one of them holds. */
interface Part {
  readonly of: Ranked
  readonly closing: Decimal
}

const heldOf = ({ valued }: Ranked): Decimal => abs(valued.quantity)

/** As much of each as is left to close, until nothing is; `held` is what there is to close of each. */
const inTurn = (group: readonly Ranked[], size: Decimal, held: (of: Ranked, i: number) => Decimal): readonly Part[] => {
  const parts: Part[] = []
  let left = size
  for (const [i, of] of group.entries()) {
    if (isZero(left)) break
    const closing = min(left, held(of, i))
    left = subtract(left, closing)
    parts.push({ of, closing })
  }
  return parts
}

/** Everybody in the group closes the same part of theirs, in whole lots, the odd ones by largest remainder. */
const proRata = (group: readonly Ranked[], size: Decimal, lot: Decimal): readonly Part[] => {
  const lots = divideFloor(size, lot, 0)
  const shares = apportion(lots, group.map(heldOf), 0).map((share) => multiply(share, lot))
  const capped = group.map((of, i) => min(shares[i] ?? zero, heldOf(of)))
  const rest = inTurn(group, subtract(size, sum(capped)), (of, i) => subtract(heldOf(of), capped[i] ?? zero))
  return capped.map((closing, i) => ({ of: group[i] as Ranked, closing: sum([closing, rest[i]?.closing ?? zero]) }))
}

const partsOf = (pool: Pool, group: readonly Ranked[], size: Decimal, lot: Decimal): readonly Part[] => {
  if (pool.parameters.waterfall.deleveraging !== 'pro-rata') return inTurn(group, size, heldOf)
  return proRata(group, min(size, sum(group.map(heldOf))), lot)
}

/** Who closes how much of `size` against whoever holds the side `sign`, in the order in which they are asked. Adds up to `size`. */
export const counterpartiesFor = (
  pool: Pool,
  instrument: Instrument,
  sign: 1 | -1,
  size: Decimal,
): readonly Closing[] => {
  const { breached, gaining, others } = rankingOf(pool, instrument, sign === 1 ? -1 : 1)
  let left = size
  return [breached, gaining, others].flatMap((group) => {
    if (isZero(left)) return []
    const parts = partsOf(pool, group, left, instrument.lot)
    left = subtract(left, sum(parts.map(({ closing }) => closing)))
    return parts.flatMap(({ of, closing }) => (isZero(closing) ? [] : [closingOf(pool, of, closing)]))
  })
}

const closingOf = (pool: Pool, of: Ranked, closing: Decimal): Closing => ({
  id: of.id,
  closing,
  held: heldOf(of),
  unrealised: of.valued.unrealised,
  profit: profitOf(pool, of.account, of.health.worst),
  atMark: isBreached(of.health),
})
