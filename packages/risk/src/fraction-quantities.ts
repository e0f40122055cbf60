import {
  compare,
  type Decimal,
  isNegative,
  isPositive,
  minRatio,
  one,
  type Ratio,
  scale,
  whole,
  zero,
} from '@novation/decimal'
import { type Breach, restores, type Standing, standingOf } from './breach'
import { fewestLots, lotsOf, quantityOf } from './lots'
import { exactFraction, leavesDust } from './restoring-fraction'

/**
 * What a bid for a fraction of every position closes of each: `min(asked, restoringFraction)` of it up to a lot, the
 * largest margin first (ties as listed), and no lot more once the buffer is restored. In the order of the positions.
 */
export const fractionQuantities = (breach: Breach, asked: Ratio): Decimal[] => {
  const standing = standingOf(breach)
  const exact = exactFraction(standing)
  const dust = leavesDust(standing, exact)
  const fraction = minRatio(asked, dust ? whole(one) : exact)
  const wanted = breach.positions.map(({ held, lot }) => quantityOf(lotsOf(scale(fraction, held), lot), lot, held))
  if (dust || isNegative(breach.equity)) return wanted

  const closed = breach.positions.map(() => zero)
  for (const i of byMargin(standing)) {
    const position = breach.positions[i]
    const most = wanted[i]
    if (position === undefined || most === undefined || !isPositive(most)) continue
    closed[i] = most
    if (!restores(standing, closed)) continue
    const lots = lotsOf(whole(most), position.lot)
    const closing = (n: bigint) => closed.map((of, j) => (j === i ? quantityOf(n, position.lot, most) : of))
    closed[i] = quantityOf(
      fewestLots(lots, lots, (n) => restores(standing, closing(n))),
      position.lot,
      most,
    )
    break
  }
  return closed
}

const byMargin = ({ margins }: Standing): number[] =>
  margins.map((_, i) => i).sort((i, j) => compare(margins[j] ?? zero, margins[i] ?? zero) || i - j)
