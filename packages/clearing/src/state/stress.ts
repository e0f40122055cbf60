import {
  add,
  type Decimal,
  decimal,
  isNegative,
  max,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { stressOf, type Valuation, valuationAt } from '@novation/risk'
import { seriesOf } from './markets'
import type { Pool, Valued } from './pool'
import { valuationOfUnderlying } from './position-margin'

/** What one of it is worth once its underlying has jumped: an option by its model, anything else by the same share. */
const markAfter = ({ instrument, mark }: Valued, jumped: Valuation, by: Decimal): Decimal => {
  const series = seriesOf(instrument)
  return series === undefined ? multiply(mark, add(one, by)) : (jumped.mark(series) ?? mark)
}

const lossAfter = (positions: readonly Valued[], jumped: Valuation, by: Decimal): Decimal =>
  sum(
    positions.map((position) =>
      multiply(
        multiply(position.quantity, position.instrument.multiplier),
        subtract(position.mark, markAfter(position, jumped, by)),
      ),
    ),
  )

/** What is held in one underlying loses at the worse of both jumps by the largest gap listed there, and no less than nothing. */
const modelled = (pool: Pool, underlying: string, positions: readonly Valued[]): Decimal => {
  const valuation = valuationOfUnderlying(pool, underlying)
  const gap = positions.reduce((largest, { instrument }) => max(largest, instrument.gap), zero)
  const losses = [gap, negate(gap)].map((by) => {
    const index = max(multiply(valuation.inputs.index, add(one, by)), leastIndex)
    return lossAfter(positions, valuationAt(valuation, index), by)
  })
  return losses.reduce(max, zero)
}

/** A gap of all that it is worth leaves a price that can still be reckoned with. */
const leastIndex = decimal('0.00000001')

const isOption = ({ instrument }: Valued): boolean => instrument.option !== undefined && !instrument.fixed

/**
 * What one jump of every price would cost an account, each the worse way. Where it holds an option, what it holds in that
 * underlying is valued by the model.
 */
export const stressAt = (pool: Pool, positions: readonly Valued[]): Decimal => {
  const underlyings = new Set(positions.filter(isOption).map(({ instrument }) => instrument.underlying))
  const follows = ({ instrument }: Valued): boolean => underlyings.has(instrument.underlying)
  const linear = stressOf(
    positions
      .filter((position) => !follows(position) && position.instrument.option === undefined)
      .map(({ instrument, quantity, notional }) => ({
        underlying: instrument.underlying,
        gap: instrument.gap,
        value: isNegative(quantity) ? negate(notional) : notional,
      })),
  )
  const open = positions.filter((position) => follows(position) && !position.instrument.fixed)
  return [...underlyings].reduce(
    (all, underlying) =>
      add(
        all,
        modelled(
          pool,
          underlying,
          open.filter(({ instrument }) => instrument.underlying === underlying),
        ),
      ),
    linear,
  )
}
