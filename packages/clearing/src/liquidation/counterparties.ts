import { abs, type Decimal, isZero, subtract, sum } from '@novation/decimal'
import { type Class, inProportion, inTurn } from '@novation/risk'
import type { Instrument, Pool, Ranked, Ranking } from '../state/pool'
import { rankingOf } from './ranking'

/** Somebody on the other side of a position, how much of theirs is closed, and why they are asked now. */
export interface Closing {
  readonly id: string
  readonly closing: Decimal
  readonly class: Class
  /** In the class, from one. */
  readonly rank: number
}

/** Those of one class, in their order, and how much there is to close of each. */
interface Group {
  readonly class: Class
  readonly members: readonly Ranked[]
  readonly held: (of: Ranked) => Decimal
}

const heldOf = ({ valued }: Ranked): Decimal => abs(valued.quantity)
const freeOf = ({ free }: Ranked): Decimal => free
const hedgeOf = (of: Ranked): Decimal => subtract(heldOf(of), of.free)

/** Who is below the own line first, then what is no hedge, of who gains and of others, then the rest of both (house rules 6). */
const groupsOf = ({ breached, gaining, others }: Ranking): readonly Group[] => [
  { class: 0, members: breached, held: heldOf },
  { class: 1, members: gaining, held: freeOf },
  { class: 2, members: others, held: freeOf },
  { class: 3, members: gaining, held: hedgeOf },
  { class: 4, members: others, held: hedgeOf },
]

function* each({ members, held }: Group): Iterable<Decimal> {
  for (const member of members) yield held(member)
}

/** What each of a class closes of `size`, in their order; whoever is not reached is not listed. */
const closingsOf = (pool: Pool, group: Group, size: Decimal, lot: Decimal): readonly Decimal[] =>
  pool.parameters.waterfall.deleveraging === 'pro-rata'
    ? inProportion(size, [...each(group)], lot)
    : inTurn(size, each(group))

/** All who hold one side, as often as they are asked: first with what is no hedge, then with the rest. */
export function* inTurnOf(
  pool: Pool,
  instrument: Instrument,
  side: 1 | -1,
): Iterable<{ readonly id: string; readonly class: Class; readonly rank: number }> {
  for (const group of groupsOf(rankingOf(pool, instrument, side)))
    for (const [i, member] of group.members.entries())
      if (!isZero(group.held(member))) yield { id: member.id, class: group.class, rank: i + 1 }
}

/** Who closes how much of `size` against whoever holds the side `sign`, in the order in which they are asked. Adds up to `size`. */
export const counterpartiesFor = (
  pool: Pool,
  instrument: Instrument,
  sign: 1 | -1,
  size: Decimal,
): readonly Closing[] => {
  const found: Closing[] = []
  let left = size
  for (const group of groupsOf(rankingOf(pool, instrument, sign === 1 ? -1 : 1))) {
    if (isZero(left)) break
    const closings = closingsOf(pool, group, left, instrument.lot)
    for (const [i, closing] of closings.entries()) {
      const member = group.members[i]
      if (member !== undefined && !isZero(closing))
        found.push({ id: member.id, closing, class: group.class, rank: i + 1 })
    }
    left = subtract(left, sum(closings))
  }
  return found
}
