import {
  abs,
  add,
  compare,
  type Decimal,
  equals,
  format,
  halfEvenRatio,
  integer,
  isPositive,
  lessThan,
  min,
  multiply,
  one,
  ratio,
  subtract,
} from '@novation/decimal'
import { toDouble } from './double'
import type { RiskModel, Row, SpotRows } from './model'

/** A row, and where it stands: the signed step of its move, by which the underlyings of a group move together. */
export interface Scenario extends Row {
  readonly index: number
  /** The move as prices take it. */
  readonly factor: number
}

type Step = Omit<Scenario, 'factor'>

/** Places of a move and of a weight, the nearest. */
const places = 12

/** Indices of tails begin here, so that no grid meets them. */
const tailsFrom = 1000

const at = (move: Decimal, volatility: Row['volatility'], index: number, weight = one): Step => ({
  move,
  volatility,
  weight,
  index,
})

const variants = ['up', 'none', 'down'] as const

const grid = (range: Decimal, steps: number, inForce: number): readonly Step[] =>
  Array.from({ length: 2 * inForce + 1 }, (_, i) => i - inForce).flatMap((j) => {
    const move = add(one, halfEvenRatio(ratio(multiply(range, integer(j)), integer(steps)), places))
    return (Math.abs(j) === inForce ? (['up'] as const) : variants).map((volatility) => at(move, volatility, j))
  })

/** Tails on each side are counted outward. */
const tailRows = ({ tails, tailFactor }: SpotRows, range: Decimal): readonly Step[] => {
  const rising = [...tails].sort(compare)
  const below = rising.filter((move) => lessThan(move, one))
  return rising.map((move, i) => {
    const index = i < below.length ? i - below.length + 1 - tailsFrom : tailsFrom + i - below.length
    const weight = halfEvenRatio(ratio(multiply(tailFactor, range), abs(subtract(move, one))), places)
    return at(move, 'up', index, min(one, weight))
  })
}

const spotRows = (spot: SpotRows, inForce: number): readonly Step[] => {
  const range = halfEvenRatio(ratio(multiply(spot.range, integer(inForce)), integer(spot.steps)), places)
  return [
    ...grid(spot.range, spot.steps, inForce),
    ...tailRows(spot, range),
    at(one, 'skew-linear', 0),
    at(one, 'skew-absolute', 0),
  ]
}

/** Rows of a venue's own: a move's step is its rank among those above or below 1. */
const ownRows = (rows: readonly Row[]): readonly Step[] => {
  const distinct = [...new Map(rows.map(({ move }) => [format(move), move])).values()].sort(compare)
  const below = distinct.filter((move) => lessThan(move, one)).length
  const holdsOne = distinct.some((move) => equals(move, one)) ? 0 : 1
  const rank = (move: Decimal): number => distinct.findIndex((other) => equals(other, move)) - below
  return rows.map((row) => ({ ...row, index: rank(row.move) < 0 ? rank(row.move) : rank(row.move) + holdsOne }))
}

const reciprocal = (row: Step): Step => ({ ...row, move: halfEvenRatio(ratio(one, row.move), places) })

/** The ways to come to rows: of the terms of a model, and how many steps of a grid are in force (at least its own). */
export const rowMakers = {
  spot: spotRows,
  rows: ownRows,
}

/**
 * The states in which a model values what is held. `inForce` is how many steps of the grid are in force: more of them are
 * more rows, none is lost, so a margin never falls by it. Moves and weights have 12 places, half to even. Throws a
 * RangeError where a move would not be above zero.
 */
export const scenariosOf = (model: RiskModel, inForce?: number): readonly Scenario[] => {
  const rows = model.spot
    ? rowMakers.spot(model.spot, Math.max(model.spot.steps, inForce ?? 0))
    : rowMakers.rows(model.rows ?? [])
  const unmovable = rows.find(({ move }) => !isPositive(move))
  if (unmovable !== undefined) throw new RangeError(`a move is above zero: ${format(unmovable.move)}`)
  const moved = model.reciprocal === true ? rows.map(reciprocal) : rows
  return moved.map((row) => ({ ...row, factor: toDouble(row.move) }))
}
