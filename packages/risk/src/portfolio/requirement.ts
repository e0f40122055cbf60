import { add, ceil, type Decimal, equals, max, multiply, one, subtract, sum, zero } from '@novation/decimal'
import { type Contingency, contingencyOf } from './contingency'
import type { Holding } from './holding'
import type { Binding } from './lines'
import type { MarginFactors } from './model'
import { gather, type Scanned, scanned } from './scan'
import type { Valuation } from './valuation'

export interface UnderlyingRequirement {
  readonly underlying: string
  /** What it may lose at the worst, by itself; exact. */
  readonly alone: Decimal
  readonly binding: Binding
  /** What is asked beside the scan, in both margins. */
  readonly contingency: Decimal
}

/** What a portfolio must hold, and why. */
export interface PortfolioRequirement {
  /** Of the maintenance margin; all exact but the two margins. */
  readonly underlyings: readonly UnderlyingRequirement[]
  readonly alone: Decimal
  /** What moving together takes off: `offsetLimit * (sum alone - together)`. */
  readonly offset: Decimal
  readonly scan: Decimal
  readonly maintenance: Decimal
  /** The maintenance margin before it is rounded up. */
  readonly exact: Decimal
  readonly initial: Decimal
  /** Which part of the maintenance margin before rounding each holding makes, in their order: they sum to it exactly. */
  readonly contributions: () => readonly Decimal[]
}

export interface PortfolioTerms extends MarginFactors {
  /** Decimals of the settlement asset. */
  readonly places: number
  /** By how much each index is in doubt beyond what is usual; none: 0. */
  readonly doubts?: ReadonlyMap<string, Decimal> | undefined
}

const savedBy = ({ alone, together }: Scanned): Decimal =>
  together === undefined ? zero : subtract(alone, together.loss)

const scanOf = (groups: readonly Scanned[], offsetLimit: Decimal): Decimal =>
  subtract(sum(groups.map(({ alone }) => alone)), multiply(offsetLimit, sum(groups.map(savedBy))))

/** Each maximum by the piece of it that is the largest (Euler): what grows by how much when a holding grows. */
const contributionsOf = (
  holdings: readonly Holding[],
  groups: readonly Scanned[],
  contingencies: ReadonlyMap<string, Contingency>,
  { maintenanceFactor, offsetLimit }: MarginFactors,
): readonly Decimal[] => {
  const partOf = (holding: Holding): Decimal => {
    const group = groups.find(({ losses }) => losses.some(({ underlying }) => underlying === holding.underlying))
    const own = group?.losses.find(({ underlying }) => underlying === holding.underlying)
    if (group === undefined || own === undefined) return zero
    const alone = own.alone.part(holding)
    const contingency = contingencies.get(holding.underlying)?.part(holding) ?? zero
    if (group.together === undefined) return add(multiply(maintenanceFactor, alone), contingency)
    const share = group.together.shares.find(({ underlying }) => underlying === holding.underlying)?.share
    const together = share === undefined ? zero : multiply(share.of, share.line.part(holding))
    const scan = add(multiply(subtract(one, offsetLimit), alone), multiply(offsetLimit, together))
    return add(multiply(maintenanceFactor, scan), contingency)
  }
  return holdings.map(partOf)
}

const hasDoubtfulCoin = (holdings: readonly Holding[]): boolean =>
  holdings.some((holding) => holding.kind === 'coin' && !equals(holding.best, holding.worst))

/** `MM = ceil(maintenanceFactor*scan + cMM)`, `IM = max(MM, ceil(initialFactor*worst + cMM + cIM))`. */
export const marginsOf = (
  scan: Decimal,
  worst: Decimal,
  besides: Pick<Contingency, 'maintenance' | 'initial'>,
  { maintenanceFactor, initialFactor, places }: PortfolioTerms,
): Pick<PortfolioRequirement, 'maintenance' | 'exact' | 'initial'> => {
  const exact = add(multiply(maintenanceFactor, scan), besides.maintenance)
  const maintenance = ceil(exact, places)
  const initial = ceil(add(multiply(initialFactor, worst), add(besides.maintenance, besides.initial)), places)
  return { exact, maintenance, initial: max(maintenance, initial) }
}

/** The ways to make one requirement of losses by row and holding. */
export const reductions = { worst: scanned }

/**
 * One requirement for everything held in modelled underlyings, by what it may lose in the worst state of each:
 * `scan = sum alone - offsetLimit*(sum alone - together)` within each group,
 * `MM = ceil(maintenanceFactor*scan + cMM)` with coins at their best,
 * `IM = max(MM, ceil(initialFactor*scan + cMM + cIM + cConfidence))` with coins at their worst, both up to `places`.
 * What an account holds beside is asked for by its own model and adds. Throws a RangeError where an underlying has no
 * valuation, no model, or an expiry nothing was published of.
 */
export const portfolioRequirement = (
  holdings: readonly Holding[],
  valuations: ReadonlyMap<string, Valuation>,
  terms: PortfolioTerms,
): PortfolioRequirement => {
  const { offsetLimit, doubts } = terms
  const books = gather(holdings, valuations)
  const groups = reductions.worst(books, 'best')
  const contingencies = new Map(
    books.map((book) => {
      const { underlying } = book.valuation
      return [underlying, contingencyOf(book, doubts?.get(underlying) ?? zero)]
    }),
  )
  const besides = (of: 'maintenance' | 'initial'): Decimal => sum([...contingencies.values()].map((each) => each[of]))
  const scan = scanOf(groups, offsetLimit)
  const worst = hasDoubtfulCoin(holdings) ? scanOf(reductions.worst(books, 'worst'), offsetLimit) : scan
  const margins = marginsOf(scan, worst, { maintenance: besides('maintenance'), initial: besides('initial') }, terms)
  const alone = sum(groups.map((group) => group.alone))
  return {
    underlyings: groups
      .flatMap(({ losses }) => losses)
      .map(({ underlying, alone: { loss, binding } }) => ({
        underlying,
        alone: loss,
        binding,
        contingency: contingencies.get(underlying)?.maintenance ?? zero,
      })),
    alone,
    offset: subtract(alone, scan),
    scan,
    ...margins,
    contributions: () => contributionsOf(holdings, groups, contingencies, terms),
  }
}
