import {
  abs,
  add,
  atLeast,
  atMost,
  type Decimal,
  equals,
  format,
  integer,
  isNegative,
  multiply,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import fc from 'fast-check'
import { factors, holdings, valuations } from '../arbitraries'
import type { Holding } from '../holding'
import { type PortfolioRequirement, portfolioRequirement } from '../requirement'
import { singleMargin, singleOf } from '../single'
import { type Valuation, valuationOf } from '../valuation'
import { fillLaws } from './fill-laws'
import { reachLaws } from './reach-laws'

const places = 6

/** Two portfolios, the markets and models that they stand in, and the pool's factors. */
const world = fc.record({ valuations, factors, a: holdings, b: holdings })

type World = typeof world extends fc.Arbitrary<infer Of> ? Of : never
type Law = (asked: (of: readonly Holding[]) => PortfolioRequirement, of: World) => void

const holds = (is: boolean, ...told: readonly Decimal[]): void => {
  if (!is) throw new Error(`broken: ${told.map(format).join(', ')}`)
}

const times = (of: readonly Holding[], n: Decimal): readonly Holding[] =>
  of.map((holding) =>
    holding.kind === 'coin'
      ? { ...holding, best: multiply(holding.best, n), worst: multiply(holding.worst, n) }
      : { ...holding, quantity: multiply(holding.quantity, n) },
  )

/** The same underlyings with so many more steps of every grid in force, as many in all of a group. */
const widened = (of: ReadonlyMap<string, Valuation>, more: number): ReadonlyMap<string, Valuation> => {
  const most = Math.max(...[...of.values()].map(({ model }) => model?.spot?.steps ?? 0))
  return new Map(
    [...of].map(([name, { underlying, inputs, model }]) => [name, valuationOf(underlying, inputs, model, most + more)]),
  )
}

const three = integer(3)
const minusOne = integer(-1)

const requirementLaws: Readonly<Record<string, Law>> = {
  'two portfolios together are asked no more than apart': (asked, { a, b }) => {
    const [x, y, both] = [asked(a), asked(b), asked([...a, ...b])]
    holds(atMost(both.exact, add(x.exact, y.exact)), both.exact, x.exact, y.exact)
    holds(atMost(both.maintenance, add(x.maintenance, y.maintenance)), both.maintenance, x.maintenance, y.maintenance)
    holds(atMost(both.initial, add(x.initial, y.initial)), both.initial, x.initial, y.initial)
  },
  'three times as much is asked three times as much': (asked, { a }) => {
    const [once, thrice] = [asked(a).exact, asked(times(a, three)).exact]
    holds(equals(thrice, multiply(once, three)), once, thrice)
  },
  'one option is asked so many times what one of it is': (asked, { a, valuations: markets, factors: terms }) => {
    for (const holding of a) {
      const market = markets.get(holding.underlying)
      if (holding.kind !== 'option' || market === undefined) continue
      const one_ = singleOf({ ...holding, quantity: isNegative(holding.quantity) ? minusOne : one }, market)
      const { maintenance, initial } = singleMargin(one_, abs(holding.quantity), zero, { ...terms, places })
      const all = asked([holding])
      holds(equals(maintenance, all.maintenance) && equals(initial, all.initial), maintenance, initial)
    }
  },
  'the maintenance margin is between nothing and the initial one': (asked, { a }) => {
    const { maintenance, initial } = asked(a)
    holds(!isNegative(maintenance) && atMost(maintenance, initial), maintenance, initial)
  },
  'each position by itself is asked no less, all together': (asked, { a }) => {
    const singles = sum(a.map((holding) => asked([holding]).maintenance))
    holds(atLeast(singles, asked(a).maintenance), singles, asked(a).maintenance)
  },
  'the scan is within what each loses alone and what the offset leaves of it': (
    asked,
    { a, factors: { offsetLimit } },
  ) => {
    const { scan, alone } = asked(a)
    holds(atMost(scan, alone) && atLeast(scan, multiply(subtract(one, offsetLimit), alone)), scan, alone)
  },
  'contributions sum to the maintenance margin before rounding': (asked, { a }) => {
    const { contributions, exact } = asked(a)
    holds(equals(sum(contributions()), exact), exact, ...contributions())
  },
  'more steps in force never ask for less': (_, of) => {
    const terms = { ...of.factors, places }
    const [few, many] = [0, 2].map((more) => portfolioRequirement(of.a, widened(of.valuations, more), terms).exact)
    if (few !== undefined && many !== undefined) holds(atMost(few, many), few, many)
  },
}

/** What holds of every portfolio, by the words in which it is said: each draws so many and throws where one breaks it. */
export const laws: Readonly<Record<string, (numRuns: number) => void>> = {
  ...Object.fromEntries(
    Object.entries(requirementLaws).map(([words, law]) => [
      words,
      (numRuns: number) =>
        fc.assert(
          fc.property(world, (of) =>
            law((held) => portfolioRequirement(held, of.valuations, { ...of.factors, places }), of),
          ),
          { numRuns },
        ),
    ]),
  ),
  ...fillLaws,
  ...reachLaws,
}
