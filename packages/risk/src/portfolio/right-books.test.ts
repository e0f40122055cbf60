import { type Decimal, decimal, format, integer, multiply, one, subtract, sum, toNumber } from '@novation/decimal'
import type { Holding } from './holding'
import { marketOf, parsed, read, type TabledExpiry } from './kit/vectors'
import type { MarginFactors, RiskModel } from './model'
import { portfolioRequirement } from './requirement'
import { type Valuation, valuationOf } from './valuation'

/** Books whose margins were worked out by another program, and by hand where that is possible. */
interface Position {
  readonly kind: 'option' | 'perpetual' | 'collateral'
  readonly underlying: string
  readonly asset: string
  readonly expiry: string
  readonly strike: string
  readonly type: 'call' | 'put'
  readonly quantity: string
  readonly mark: string
  readonly amount: string
  readonly counted: string
}

interface Table {
  readonly model: { readonly tails: readonly string[]; readonly tailFactor: string; readonly maintenanceFactor: string }
  readonly market: Readonly<
    Record<
      string,
      {
        readonly index: string
        readonly range: string
        readonly steps: number
        readonly width: number
        readonly gains: string
        readonly expiries: Readonly<Record<string, TabledExpiry>>
      }
    >
  >
  readonly cases: readonly {
    readonly positions: readonly Position[]
    readonly optionValue: string
    readonly alone: Readonly<Record<string, { readonly worst: string; readonly row: string }>>
    readonly scan: string
    readonly maintenance: string
    readonly initial: string
    readonly contributions: readonly string[]
  }[]
}

const { model: terms, market, cases } = read<Table>('right-books')
const factors = parsed<MarginFactors>(terms)

const modelOf = (underlying: string): RiskModel => {
  const { range, steps, width, gains } = market[underlying] ?? { range: '0', steps: 0, width: 0, gains: '0' }
  return {
    ...parsed<RiskModel>(terms),
    spot: {
      ...parsed<Pick<NonNullable<RiskModel['spot']>, 'tails' | 'tailFactor'>>(terms),
      range: decimal(range),
      steps,
    },
    group: { name: 'coins', width, gains: decimal(gains) },
  }
}

const valuations: ReadonlyMap<string, Valuation> = new Map(
  Object.entries(market).map(([underlying, { index, expiries }]) => [
    underlying,
    valuationOf(underlying, marketOf(index, Object.values(expiries)), modelOf(underlying)),
  ]),
)

const holdingOf = (position: Position, i: number): Holding => {
  const { underlying, quantity = '0' } = position
  if (position.kind === 'perpetual')
    return { kind: 'linear', id: `${i}`, underlying, quantity: decimal(quantity), mark: decimal(position.mark) }
  if (position.kind === 'collateral') {
    const { asset, amount, counted } = position
    const value = multiply(decimal(amount), decimal(market[asset]?.index ?? '0'))
    return {
      kind: 'coin',
      id: asset,
      underlying: asset,
      best: value,
      worst: value,
      cut: subtract(one, decimal(counted)),
    }
  }
  const { expiry, strike, type } = position
  return {
    kind: 'option',
    id: `${underlying}-${expiry}-${strike}-${type}`,
    underlying,
    expiry_ms: (market[underlying]?.expiries[expiry]?.seconds ?? 0) * 1000,
    strike: decimal(strike),
    optionType: type,
    quantity: decimal(quantity),
  }
}

/** Within a millionth, and the last place that is told. */
const expectNear = (got: Decimal, right: string): void =>
  expect(Math.abs(toNumber(got) - Number(right))).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(Number(right))))

describe.each(cases.map((book, i) => [i + 1, book] as const))('book %d', (_, book) => {
  const holdings = book.positions.map(holdingOf)
  const required = portfolioRequirement(holdings, valuations, { ...factors, places: 6 })

  it('is worth what it is worth', () =>
    expectNear(
      sum(
        holdings.map((holding) =>
          holding.kind === 'option'
            ? multiply(holding.quantity, valuations.get(holding.underlying)?.mark(holding) ?? integer(0))
            : integer(0),
        ),
      ),
      book.optionValue,
    ))

  it('loses most where it does', () => {
    for (const { underlying, alone, binding } of required.underlyings) {
      const right = book.alone[underlying]
      expectNear(alone, right?.worst ?? '')
      const row = binding.kind === 'row' ? `${format(binding.move)} ${binding.volatility}` : binding.kind
      expect(row).toBe(right?.row)
    }
    expectNear(required.scan, book.scan)
  })

  it('is asked for both margins', () => {
    expectNear(required.maintenance, book.maintenance)
    expectNear(required.initial, book.initial)
  })

  it('tells which part of the maintenance margin each position makes', () => {
    const parts = required.contributions()
    parts.forEach((part, i) => {
      expectNear(part, book.contributions[i] ?? '')
    })
    const missing = subtract(required.maintenance, sum(parts))
    expect(toNumber(missing)).toBeGreaterThanOrEqual(0)
    expect(toNumber(missing)).toBeLessThan(1e-6)
  })
})
