import { type Decimal, multiply, subtract, sum, zero } from '@novation/decimal'
import { type Bend, type Bends, bendsOf, movementAt, shareOf } from './bends'
import { type Beside, besideReach } from './beside'
import { contingencyOf } from './contingency'
import { toDouble } from './double'
import type { Holding, Side } from './holding'
import { nearest, type Reach } from './nearest'
import { gather, type Scanned, scanned } from './scan'
import { reaches } from './sensitivity'
import type { Valuation } from './valuation'
import { wearing, wearsOf } from './wearing'
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
  /** What all is worth at slow prices, where there are any: worth is then the worse of both, or the better. */
  readonly beside?: Beside | undefined
}

/** Of what an account stands above its line, index moves get so much and wear the rest. */
const ofBands = 0.6
const ofWear = 0.4
/** Where worth has another beside it, moving apart from that may use so much of all, and the rest is as if there were none. */
const ofBeside = 0.5

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

/** What rounding may take: a unit of 1e-8 of each price, a unit of each margin, and 1e-9 of everything for the doubles of this file. */
const givenAway = (all: readonly Losses[], factor: number, places: number): number =>
  all.reduce(
    (total, of) => {
      const weights = wearing(of.book, factor, 0).reduce((sumOf, { weight }) => sumOf + weight, 0)
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
  const rounded = givenAway(
    parts.map(({ losses }) => losses),
    factor,
    places,
  )
  const { beside } = line
  const slack = beside === undefined ? line.slack - rounded : (line.slack - 2 * rounded) * (1 - ofBeside)
  const typical = parts.reduce((total, part) => total + part.typical, 0)
  const shareIn = (own: number): number => (typical > 0 ? own / typical : 1 / parts.length)
  const bands = parts.map(({ losses, bounds, typical: own }) => {
    const part = shareIn(own)
    const shares = bounds.map((bound) => shareOf(bound.bend, ofBands * part * slack + bound.own + part * bound.shared))
    return slack > 0 && !isAveraging(losses) ? Math.min(reaches[0] ?? 0, ...shares) : 0
  })
  const alone = {
    bands: new Map(parts.map(({ losses }, i) => [losses.underlying, bands[i] ?? 0])),
    wears: wearsOf(
      parts.flatMap(({ losses }, i) => wearing(losses.book, factor, bands[i] ?? 0)),
      ofWear * slack,
    ),
  }
  if (beside === undefined) return { ...alone, slow: new Map() }
  const apart = besideReach(
    parts.map(({ losses, typical: own }) => ({
      book: losses.book,
      share: shareIn(own),
      isAveraging: isAveraging(losses),
    })),
    beside,
    (line.slack - 2 * rounded) * ofBeside,
    factor,
  )
  return nearest([{ ...alone, slow: apart.slow }, apart])
}
