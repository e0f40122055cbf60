import {
  add,
  type Decimal,
  decimal,
  format,
  integer,
  multiply,
  one,
  subtract,
  sum,
  toNumber,
  zero,
} from '@novation/decimal'
import { bookOf } from './book'
import type { Holding, LinearHolding, OptionHolding } from './holding'
import { marketOf, parsed, read } from './kit/vectors'
import { basisLine, rowLines } from './lines'
import type { RiskModel, Row } from './model'
import { portfolioRequirement } from './requirement'
import { valuationOf } from './valuation'

/** Margins that others have published of their rules, which here are terms. */
type RowText = readonly [move: string, volatility: Row['volatility'], weight: string]

interface Case {
  readonly id: string
  readonly index: string
  readonly seconds?: number
  readonly forward?: string
  readonly volatility?: string
  readonly volatilities?: Readonly<Record<string, string>>
  readonly rate?: string
  readonly perpetual?: { readonly quantity: string; readonly mark: string }
  readonly options?: readonly { readonly quantity: string; readonly type: 'call' | 'put'; readonly strike: string }[]
  readonly override?: Readonly<Record<string, Readonly<Record<string, string>>>> & {
    readonly 'weight of skew-linear'?: string
  }
  readonly valueBesides?: string
  readonly value?: string
  readonly basis?: string
  readonly worst: string
  readonly row?: string
  readonly initialNet: string
  readonly maintenanceNet: string
}

const table = read<{
  readonly rows: readonly RowText[]
  readonly terms: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly cases: readonly Case[]
  readonly paradexRows: readonly RowText[]
}>('published')

const rowsOf = (rows: readonly RowText[], override: Case['override'] = {}): readonly Row[] =>
  rows.map(([move, volatility, weight]) => ({
    move: decimal(move),
    volatility,
    weight: decimal(volatility === 'skew-linear' ? (override['weight of skew-linear'] ?? weight) : weight),
  }))

const modelOf = ({ override = {} }: Pick<Case, 'override'>): RiskModel => {
  const { discount = {}, skew = {} } = override
  return {
    ...parsed<RiskModel>({
      ...table.terms,
      discount: { ...table.terms.discount, ...discount },
      skew: { ...table.terms.skew, ...skew },
    }),
    rows: rowsOf(table.rows, override),
  }
}

const factors = { maintenanceFactor: decimal('0.8'), initialFactor: one, offsetLimit: decimal('0.8') }

const linear = (quantity: string, mark: string, underlying = 'U'): LinearHolding => ({
  kind: 'linear',
  id: `${underlying}-PERP`,
  underlying,
  quantity: decimal(quantity),
  mark: decimal(mark),
})

const optionsOf = ({ options = [], seconds = 0 }: Case): readonly OptionHolding[] =>
  options.map(({ quantity, type, strike }) => ({
    kind: 'option',
    id: `${strike}-${type}`,
    underlying: 'U',
    expiry_ms: seconds * 1000,
    strike: decimal(strike),
    optionType: type,
    quantity: decimal(quantity),
  }))

const near = (got: Decimal, right: string | undefined): void => {
  if (right === undefined) return
  expect(Math.abs(toNumber(got) - Number(right))).toBeLessThan(1e-6 * Math.max(1, Math.abs(Number(right))))
}

describe('the rules of Derive', () => {
  it.each(table.cases.map((of) => [of.id, of] as const))('ask of case %s what it asks', (_, of) => {
    const { seconds, forward, rate = '0', volatility = '', volatilities, perpetual } = of
    const options = optionsOf(of)
    const byStrike = volatilities ?? Object.fromEntries(options.map(({ strike }) => [format(strike), volatility]))
    const expiries =
      seconds === undefined || forward === undefined ? [] : [{ seconds, forward, rate, volatility: byStrike }]
    const valuation = valuationOf('U', marketOf(of.index, expiries), modelOf(of))
    const holdings: readonly Holding[] = [
      ...options,
      ...(perpetual ? [linear(perpetual.quantity, perpetual.mark)] : []),
    ]
    const required = portfolioRequirement(holdings, new Map([['U', valuation]]), { ...factors, places: 9 })
    const worth = options.map((option) => multiply(option.quantity, valuation.mark(option) ?? zero))
    const value = add(decimal(of.valueBesides ?? '0'), sum(worth))
    near(value, of.value)
    near(required.alone, of.worst)
    near(basisLine(bookOf(valuation, holdings)).loss, of.basis)
    near(subtract(value, required.initial), of.initialNet)
    near(subtract(value, required.maintenance), of.maintenanceNet)
    const [{ binding } = { binding: undefined }] = required.underlyings
    if (of.row !== undefined && binding?.kind === 'row')
      expect(`${format(binding.move)} ${binding.volatility}`).toBe(of.row)
  })
})

const flat = (index: string, rows: readonly Row[], more: Partial<RiskModel> = {}) => {
  const free = { maintenance: zero, initial: zero }
  const model: RiskModel = { ...modelOf({}), contingency: { linear: free, nakedOption: free }, rows, ...more }
  return (underlying: string) => valuationOf(underlying, marketOf(index, []), model)
}

describe('the rules of Paradex', () => {
  it('ask at least 2 % of what is net and half a percent of what else is held', () => {
    const minimum = { net: decimal('0.015'), gross: decimal('0.005') }
    const valuation = flat('70000', [], { minimum })('U')
    const holdings = [linear('1', '70000'), linear('-1.5', '70000')]
    const required = portfolioRequirement(holdings, new Map([['U', valuation]]), { ...factors, places: 2 })
    expect(format(required.initial)).toBe('1400')
    expect(required.underlyings[0]?.binding).toEqual({ kind: 'minimum' })
    expect(format(sum(required.contributions()))).toBe('1120')
  })

  it('are rows as data: the worst of 24', () => {
    const valuation = flat('70000', rowsOf(table.paradexRows))('U')
    const required = portfolioRequirement([linear('-2', '70000')], new Map([['U', valuation]]), {
      ...factors,
      places: 2,
    })
    // 6 times the price, of which 3.2 % counts, is as much as 16 %: 140000 * 5 * 0.032.
    expect(format(required.alone)).toBe('22400')
  })
})

describe('the sixteen states of SPAN', () => {
  it('are rows as data: thirds of the range, and twice the range at 35 %', () => {
    const third = (n: number, weight = '1'): readonly Row[] =>
      (['up', 'down'] as const).map((volatility) => ({
        move: add(one, multiply(decimal('0.0333333'), integer(n))),
        volatility,
        weight: decimal(weight),
      }))
    const extremes = [6, -6].flatMap((n) => third(n, '0.35').slice(0, 1))
    const valuation = flat('100000', [...[0, 1, -1, 2, -2, 3, -3].flatMap((n) => third(n)), ...extremes])('U')
    const losses = rowLines(bookOf(valuation, [linear('1', '100000')]), 'best').map(({ loss }) => toNumber(loss))
    const gains = [0, 0, 3333.33, 3333.33, -3333.33, -3333.33, 6666.66, 6666.66, -6666.66, -6666.66, 9999.99, 9999.99]
    expect(losses.map((loss) => 0 - loss)).toEqual([...gains, -9999.99, -9999.99, 6999.993, -6999.993])
  })
})

describe('an offset between underlyings (Regulation 153/2013, Article 27)', () => {
  it('is at most four fifths of what moving together saves: of 100 and 80, together 60, 84 are asked', () => {
    const rows = (['0.9', '1.1'] as const).map((move) => ({
      move: decimal(move),
      volatility: 'none' as const,
      weight: one,
    }))
    const group = { name: 'coins', width: 0, gains: decimal('0.5') }
    const valued = flat('1000', rows, { group })
    const valuations = new Map(['U', 'V'].map((name) => [name, valued(name)]))
    const required = portfolioRequirement([linear('1', '1000', 'U'), linear('-0.8', '1000', 'V')], valuations, {
      ...factors,
      places: 2,
    })
    expect([required.alone, required.offset, required.scan, required.initial].map(format)).toEqual([
      '180',
      '96',
      '84',
      '84',
    ])
    expect(required.contributions().map(format)).toEqual(['80', '-12.8'])
  })
})
