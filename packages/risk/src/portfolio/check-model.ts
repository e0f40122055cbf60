import {
  type Decimal,
  decimal,
  equals,
  format,
  greaterThan,
  isNegative,
  isPositive,
  lessThan,
  one,
  places,
} from '@novation/decimal'
import type { MarginFactors, RiskModel, Row, SpotRows } from './model'

/** A condition that terms must keep, in words, and whether they do. */
type Rule = readonly [keeps: boolean, rule: string]

const broken = (rules: readonly Rule[]): string | undefined => rules.find(([keeps]) => !keeps)?.[1]

/** In order of name: the words must not hang on the order in which somebody wrote the terms down. */
const named = <T>(of: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1))

const notNegative = (name: string, of: Readonly<Record<string, Decimal>>): readonly Rule[] =>
  named(of).map(([key, value]) => [!isNegative(value), `${name}.${key} is not below 0: ${format(value)}`])

const mostPlaces = 18
const allDecimals = (terms: unknown): readonly Decimal[] => {
  if (typeof terms !== 'object' || terms === null) return []
  // A decimal is an object whose inside is nobody's business: what has plain notation is one.
  if (Object.getPrototypeOf(terms) !== Object.prototype && !Array.isArray(terms)) return [terms as unknown as Decimal]
  return Array.isArray(terms) ? terms.flatMap(allDecimals) : named({ ...terms }).flatMap(([, of]) => allDecimals(of))
}

const isWhole = (n: number, least: number, most: number): boolean => Number.isInteger(n) && n >= least && n <= most

const spotRules = ({ range, steps, tails, tailFactor }: SpotRows): readonly Rule[] => [
  [isPositive(range) && lessThan(range, one), `spot.range is above 0 and below 1: ${format(range)}`],
  [isWhole(steps, 1, 100), `spot.steps is a whole number from 1 to 100: ${steps}`],
  [tails.length <= 100, `spot.tails are at most 100: ${tails.length}`],
  ...tails.map(
    (move): Rule => [isPositive(move) && !equals(move, one), `a tail is above 0 and not 1: ${format(move)}`],
  ),
  [!isNegative(tailFactor), `spot.tailFactor is not below 0: ${format(tailFactor)}`],
]

const rowRules = (rows: readonly Row[]): readonly Rule[] => [
  [rows.length >= 1 && rows.length <= 1000, `rows are from 1 to 1000: ${rows.length}`],
  ...rows.flatMap(({ move, weight, volatility }): readonly Rule[] => [
    [isPositive(move), `a move is above 0: ${format(move)}`],
    [!isNegative(weight), `a weight is not below 0: ${format(weight)}`],
    [!volatility.startsWith('skew') || equals(move, one), `a row of skew has move 1: ${format(move)}`],
  ]),
]

const rulesOf = (model: RiskModel): readonly Rule[] => {
  const { spot, rows, volatility, discount, basis, skew, contingency, minimum, group } = model
  const { longBase, shortBase, ...rates } = discount
  const { minKStar } = skew
  return [
    [(spot === undefined) !== (rows === undefined), 'a model has either spot or rows'],
    ...(spot === undefined ? [] : spotRules(spot)),
    ...(rows === undefined ? [] : rowRules(rows)),
    ...notNegative('volatility', volatility),
    [isPositive(volatility.floorDays), `volatility.floorDays is above 0: ${format(volatility.floorDays)}`],
    [
      isPositive(longBase) && !greaterThan(longBase, one),
      `discount.longBase is above 0 and at most 1: ${format(longBase)}`,
    ],
    [!lessThan(shortBase, one), `discount.shortBase is at least 1: ${format(shortBase)}`],
    ...notNegative('discount', rates),
    ...notNegative('basis', basis),
    [
      isPositive(basis.down) && !greaterThan(basis.down, one),
      `basis.down is above 0 and at most 1: ${format(basis.down)}`,
    ],
    [!lessThan(basis.up, one), `basis.up is at least 1: ${format(basis.up)}`],
    [isPositive(minKStar), `skew.minKStar is above 0: ${format(minKStar)}`],
    ...notNegative('contingency.linear', { ...contingency.linear }),
    ...notNegative('contingency.nakedOption', { ...contingency.nakedOption }),
    ...(contingency.confidence === undefined ? [] : notNegative('contingency', { confidence: contingency.confidence })),
    ...(minimum === undefined ? [] : notNegative('minimum', minimum)),
    ...(group === undefined
      ? []
      : ([
          [isWhole(group.width, 0, 100), `group.width is a whole number from 0 to 100: ${group.width}`],
          [
            !isNegative(group.gains) && !greaterThan(group.gains, one),
            `group.gains is from 0 to 1: ${format(group.gains)}`,
          ],
        ] satisfies readonly Rule[])),
    ...allDecimals(model).map(
      (value): Rule => [places(value) <= mostPlaces, `at most ${mostPlaces} decimals: ${format(value)}`],
    ),
  ]
}

/** Why a model cannot be margined by (`bad-parameter`), in words, or undefined. */
export const checkRiskModel = (model: RiskModel): string | undefined => broken(rulesOf(model))

/** The most of what moving together saves that may be credited (Delegated Regulation 153/2013, Article 27). */
const mostOffset = decimal('0.8')

export const defaultMarginFactors: MarginFactors = {
  maintenanceFactor: decimal('0.8'),
  initialFactor: one,
  offsetLimit: mostOffset,
}

/** Why a pool's factors cannot be margined by (`bad-parameter`), in words, or undefined. */
export const checkMarginFactors = ({
  maintenanceFactor,
  initialFactor,
  offsetLimit,
}: MarginFactors): string | undefined =>
  broken([
    [isPositive(maintenanceFactor), `maintenanceFactor is above 0: ${format(maintenanceFactor)}`],
    [
      !lessThan(initialFactor, maintenanceFactor),
      `initialFactor is at least maintenanceFactor: ${format(initialFactor)}`,
    ],
    [
      !isNegative(offsetLimit) && !greaterThan(offsetLimit, mostOffset),
      `offsetLimit is from 0 to 0.8: ${format(offsetLimit)}`,
    ],
  ])
