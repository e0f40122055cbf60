import { add, atLeast, type Decimal, multiply, one, type Ratio, subtract, sum } from '@novation/decimal'
import { bidCost, type Slice } from './fill'
import { maintenanceMargin } from './tiered'
import type { TieredTerms } from './tiers'

/** A position of an account under liquidation. */
export interface OpenPosition {
  readonly terms: TieredTerms
  /** |quantity|, above zero. */
  readonly held: Decimal
  /** Notional of a quantity of one: mark * multiplier, above zero. */
  readonly unitNotional: Decimal
  /** Smallest step of a quantity, above zero. */
  readonly lot: Decimal
}

/** An account under liquidation and the terms on which it may now be bid for. */
export interface Breach {
  readonly equity: Decimal
  /** What is required for what nobody can bid for now: positions whose market stands still, other collateral. */
  readonly aside: Decimal
  /** R: what earlier fills left the account. */
  readonly kept: Decimal
  readonly positions: readonly OpenPosition[]
  readonly discount: Ratio
  /** Of the fund, per notional. */
  readonly fee: Decimal
  /** b: liquidation stops at (1 + b) times the maintenance margin. */
  readonly buffer: Decimal
  /** A notional below this is not worth leaving: all of it is closed. */
  readonly dust: Decimal
  /** Decimals of the settlement asset. */
  readonly places: number
}

/** The breach with what follows from it and is needed again and again. */
export interface Standing extends Breach {
  readonly notionals: readonly Decimal[]
  readonly margins: readonly Decimal[]
  readonly totalMargin: Decimal
  /** 1 + b */
  readonly factor: Decimal
}

export const standingOf = (breach: Breach): Standing => {
  const notionals = breach.positions.map(({ held, unitNotional }) => multiply(held, unitNotional))
  const margins = breach.positions.map(({ terms, held, unitNotional }) =>
    maintenanceMargin(terms, multiply(held, unitNotional), breach.places),
  )
  return {
    ...breach,
    notionals,
    margins,
    totalMargin: add(sum(margins), breach.aside),
    factor: add(one, breach.buffer),
  }
}

/** Whether the account stands at its buffer once it has closed so much of each position, all roundings as a fill makes them. */
export const restores = (standing: Standing, closed: readonly Decimal[]): boolean => {
  const { positions, margins, places, factor } = standing
  const slices: Slice[] = []
  const left: Decimal[] = []
  for (const [i, { terms, held, unitNotional }] of positions.entries()) {
    const of = closed[i]
    const margin = margins[i]
    if (of === undefined || margin === undefined) throw new RangeError('a position without a quantity to close')
    slices.push({ closed: of, held, margin, notional: multiply(of, unitNotional) })
    left.push(maintenanceMargin(terms, multiply(subtract(held, of), unitNotional), places))
  }
  const { payment, charge } = bidCost({ ...standing, slices })
  return atLeast(subtract(standing.equity, add(payment, charge)), multiply(factor, add(sum(left), standing.aside)))
}
