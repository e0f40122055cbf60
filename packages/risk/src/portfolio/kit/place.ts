import { add, type Decimal, max, min, multiply, one, subtract, sum, zero } from '@novation/decimal'
import type { Beside } from '../beside'
import type { Holding, Side } from '../holding'
import { type Valuation, valuationAt } from '../valuation'

// Where a portfolio stands: what it holds, what that is valued by, and the slow prices beside that.

export interface Place {
  readonly held: readonly Holding[]
  readonly markets: ReadonlyMap<string, Valuation>
  readonly beside: Beside | undefined
}

/** What a slow price is as a share of the last one: by underlying, and by the id of a linear contract. */
export type SlowShares = ReadonlyMap<string, Decimal>

/** Of what is not named there is no slow price. A coin counts at the better, and at the worse, of both. */
export const placeOf = (
  held: readonly Holding[],
  markets: ReadonlyMap<string, Valuation>,
  slow: SlowShares | undefined,
): Place => {
  if (slow === undefined) return { held, markets, beside: undefined }
  const valuations = [...markets].flatMap(([name, valuation]): readonly [string, Valuation][] => {
    const share = slow.get(name)
    return share === undefined ? [] : [[name, valuationAt(valuation, multiply(valuation.inputs.index, share))]]
  })
  const marks = held.flatMap((holding): readonly [string, Decimal][] => {
    const share = slow.get(holding.id)
    return holding.kind !== 'linear' || share === undefined ? [] : [[holding.id, multiply(holding.mark, share)]]
  })
  const both = (holding: Holding): Holding => {
    if (holding.kind !== 'coin') return holding
    const there = multiply(holding.best, slow.get(holding.id) ?? one)
    return { ...holding, best: max(holding.best, there), worst: min(holding.best, there) }
  }
  return { held: held.map(both), markets, beside: { valuations: new Map(valuations), marks: new Map(marks) } }
}

/** What all of it comes to: each contract and coin at the worse of its prices, or the better, the options on an underlying as one. */
export const worthAt = ({ held, markets, beside }: Place, side: Side): Decimal => {
  const apart = side === 'worst' ? min : max
  const options = new Map<string, Decimal>()
  const worth = held.map((holding) => {
    if (holding.kind === 'coin') return multiply(holding[side], subtract(one, holding.cut))
    if (holding.kind === 'linear') {
      const slow = beside?.marks.get(holding.id) ?? holding.mark
      return apart(multiply(holding.quantity, holding.mark), multiply(holding.quantity, slow))
    }
    const { underlying, quantity } = holding
    const last = multiply(quantity, markets.get(underlying)?.mark(holding) ?? zero)
    const slow = beside?.valuations.get(underlying)?.mark(holding)
    const by = slow === undefined ? zero : subtract(multiply(quantity, slow), last)
    options.set(underlying, add(options.get(underlying) ?? zero, by))
    return last
  })
  return sum([...worth, ...[...options.values()].map((by) => apart(by, zero))])
}
