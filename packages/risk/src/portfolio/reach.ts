import { type Decimal, multiply, subtract, sum, zero } from '@novation/decimal'
import { lnRatio } from '../kernel/ln'
import { type Bend, type Bends, bendsOf, movementAt, shareOf } from './bends'
import { contingencyOf } from './contingency'
import { toDouble } from './double'
import type { Holding, OptionHolding, Side } from './holding'
import { gather, type Scanned, scanned } from './scan'
import { reaches } from './sensitivity'
import type { Valuation } from './valuation'
import { commonMoves, countedIn, type Losses, sharesNear } from './worst'

/** A line that an account must not cross unseen, either way, and how far from it the account stands. */
export interface StandingLine {
  /** By how much worth is away from what the line asks, above it or below: in doubles, as all of this. */
  readonly slack: number
  /** Which share of the scan the line asks. */
  readonly factor: Decimal
  readonly asks: 'maintenance' | 'initial'
  /** How coins count in what is asked. */
  readonly side: Side
  /** Decimals of the settlement asset. */
  readonly places: number
}

/** How far markets may go before an account can cross a line. */
export interface Reach {
  /** By which share each index may move, either way, at most a quarter. */
  readonly bands: ReadonlyMap<string, number>
  /** How far each expiry may wear (`wearKey`), and each linear contract (its id). */
  readonly wears: ReadonlyMap<string, number>
}

export const wearKey = (underlying: string, expiry_ms: number): string => `${underlying}@${expiry_ms}`

/** Of what an account stands above its line, index moves get so much and wear the rest. */
const ofBands = 0.6
const ofWear = 0.4

/** A value and the margin of it that a line asks for: how it bends, and by how much more than the slack it may fall, for each part of a group's. */
interface Bound {
  readonly bend: Bend
  readonly own: number
  readonly shared: number
}

const aloneBounds = ({ book, rows, basis, minimum, alone }: Losses, bends: Bends, factor: number): readonly Bound[] => {
  const bound = (bend: Bend, loss: Decimal): Bound => ({
    bend,
    own: factor * toDouble(subtract(alone.loss, loss)),
    shared: 0,
  })
  return [
    bound(bends.value, zero),
    ...book.valuation.scenarios.map((row, r) => bound(bends.row(r, row, factor), rows[r]?.loss ?? zero)),
    bound(bends.basis(factor), basis.loss),
    bound(bends.minimum(factor, toDouble(minimum.loss)), minimum.loss),
  ]
}

/** The lines of an underlying in the moves of its group: each may fall by what it is less than the worst of its move, and shares what the move is less than the worst move. */
const groupBounds = (of: Losses, { losses, together }: Scanned, bends: Bends, factor: number): readonly Bound[] => {
  if (together === undefined) return []
  const gains = of.book.model.group?.gains ?? zero
  const near = sharesNear(of)
  return commonMoves(losses).flatMap((move): readonly Bound[] => {
    const worst = move.shares.find(({ underlying }) => underlying === of.underlying)?.share
    const shared = factor * toDouble(subtract(together.loss, move.loss))
    const most = worst === undefined ? zero : countedIn(worst)
    const bound = (bend: Bend, counted: Decimal): Bound => ({
      bend,
      own: factor * toDouble(subtract(most, counted)),
      shared,
    })
    if (move.step === undefined) {
      const { kind } = worst?.line.binding ?? { kind: 'none' }
      if (kind === 'basis') return [bound(bends.basis(factor), of.basis.loss)]
      if (kind === 'minimum') return [bound(bends.minimum(factor, toDouble(of.minimum.loss)), of.minimum.loss)]
      return [bound(bends.value, zero)]
    }
    return near(move.step).flatMap(({ line }) => {
      const r = of.rows.indexOf(line)
      const row = of.book.valuation.scenarios[r]
      // A loss counts whole and a gain in part, and it may become the other.
      return row === undefined
        ? []
        : [
            bound(bends.row(r, row, factor), line.loss),
            bound(bends.row(r, row, factor * toDouble(gains)), multiply(gains, line.loss)),
          ]
    })
  })
}

/** How often a unit of price may count in a line: in the value, in the worst row, or in forwards that part. */
const countsOf = ({ model, valuation }: Losses['book'], factor: number, short: number, basisFactor: number): number => {
  const rows = valuation.scenarios.map(
    ({ move, weight }) => toDouble(weight) * (1 + short * Math.max(1, toDouble(move))),
  )
  return 1 + factor * Math.max(basisFactor * (1 + toDouble(model.basis.up)), ...rows)
}

interface Weighed {
  readonly key: string
  /** The most that one unit of wear may take. */
  readonly weight: number
}

/** `D max(F', K)` for each of an option, F' at the end of the band. */
const exposureOf = (valuation: Valuation, option: OptionHolding, band: number): number => {
  const term = valuation.term(option.expiry_ms)
  if (term === undefined) return 0
  const forward = term.forward.fixed + term.forward.floating * (1 + band)
  return term.discount * Math.max(forward, toDouble(option.strike)) * Math.abs(toDouble(option.quantity))
}

const wearing = ({ book }: Losses, factor: number, band: number): readonly Weighed[] => {
  const expiries = book.expiries.map(({ expiry_ms, term }) => {
    const counts = countsOf(book, factor, toDouble(term.short), toDouble(term.basisFactor))
    const held = book.options.filter((option) => option.expiry_ms === expiry_ms)
    const weight = held.reduce((total, option) => total + exposureOf(book.valuation, option, band), 0) * counts
    return { key: wearKey(book.valuation.underlying, expiry_ms), weight }
  })
  const furthest = Math.max(
    0,
    ...book.valuation.scenarios.map(({ move, weight }) => toDouble(weight) * Math.abs(toDouble(move) - 1)),
  )
  const linear = book.linear.map(({ id, quantity, mark }) => ({
    key: id,
    weight: Math.abs(toDouble(multiply(quantity, mark))) * (1 + band) * (1 + factor * furthest),
  }))
  return [...expiries, ...linear]
}

/** What rounding may take: a unit of 1e-8 of each price, a unit of each margin, and 1e-9 of everything for the doubles of this file. */
const givenAway = (all: readonly Losses[], factor: number, places: number): number =>
  all.reduce(
    (total, of) => {
      const weights = wearing(of, factor, 0).reduce((sumOf, { weight }) => sumOf + weight, 0)
      const units = of.book.options.reduce((sumOf, { quantity }) => sumOf + Math.abs(toDouble(quantity)), 0)
      return total + 1e-9 * weights + 1e-7 * units * (1 + factor)
    },
    2 * Number(`1e-${places}`),
  )

const isAveraging = ({ book }: Losses): boolean =>
  book.expiries.some(({ expiry_ms }) => book.valuation.inputs.expiries.get(expiry_ms)?.window !== undefined)

/**
 * Whom an event can hurt, or let go: within its bands and wears no account crosses its line, and what it stands above it by changes by
 * less than the slack. Each line that may count is bounded by
 * `|slope|x + curve*x²/2` over a move x of its index, the curve being the worst within the band, and by its exposure for each unit
 * of wear at the band's end; index moves may use .6 of the slack, wear .4, underlyings and expiries their parts of it. As the least of
 * all lines rises by no more than the one that is the least, what holds of falling holds of rising. All 0 at the
 * line, and a band is 0 while a forward is being averaged. In doubles of the portable kernel; what they round is given away. What an
 * account is worth and asked beside these holdings must be watched by itself, with a slack of its own.
 */
export const reachOf = (
  holdings: readonly Holding[],
  valuations: ReadonlyMap<string, Valuation>,
  line: StandingLine,
): Reach => {
  const { side, asks, places } = line
  const factor = toDouble(line.factor)
  const groups = scanned(gather(holdings, valuations), side)
  const parts = groups.flatMap((group) =>
    group.losses.map((losses) => {
      const { maintenance, initial } = contingencyOf(losses.book, zero)
      const asked = asks === 'maintenance' ? maintenance : sum([maintenance, initial])
      const bends = bendsOf(losses.book, side, toDouble(asked))
      const alone = aloneBounds(losses, bends, factor)
      const typical = Math.max(...alone.map(({ bend }) => movementAt(bend, 3)))
      return { losses, bounds: [...alone, ...groupBounds(losses, group, bends, factor)], typical }
    }),
  )
  const slack =
    line.slack -
    givenAway(
      parts.map(({ losses }) => losses),
      factor,
      places,
    )
  const typical = parts.reduce((total, part) => total + part.typical, 0)
  const bands = parts.map(({ losses, bounds, typical: own }) => {
    const part = typical > 0 ? own / typical : 1 / parts.length
    const shares = bounds.map((bound) => shareOf(bound.bend, ofBands * part * slack + bound.own + part * bound.shared))
    return slack > 0 && !isAveraging(losses) ? Math.min(reaches[0] ?? 0, ...shares) : 0
  })
  // Of one contract there may be several holdings: they wear together.
  const weighed = new Map<string, number>()
  for (const [i, { losses }] of parts.entries())
    for (const { key, weight } of wearing(losses, factor, bands[i] ?? 0))
      weighed.set(key, (weighed.get(key) ?? 0) + weight)
  // What wears compounds: by y a weight itself may have grown e^y.
  const wearOf = (weight: number): number =>
    weight > 0 && slack > 0 ? lnRatio((ofWear * slack) / weighed.size + weight, weight) : 0
  return {
    bands: new Map(parts.map(({ losses }, i) => [losses.underlying, bands[i] ?? 0])),
    wears: new Map(
      [...weighed].map(([key, weight]) => [key, slack > 0 && weight === 0 ? Number.POSITIVE_INFINITY : wearOf(weight)]),
    ),
  }
}
