import { argv } from 'node:process'
import { decimal, format, integer, multiply, one, unit } from '@novation/decimal'
import { kernelDigest, trustedDigest } from '../../kernel/digest'
import { blackPrice } from '../../kernel/price'
import { defaultMarginFactors } from '../check-model'
import type { Holding, OptionHolding } from '../holding'
import type { ExpiryInputs, UnderlyingInputs } from '../market'
import { portfolioRequirement } from '../requirement'
import { type Valuation, valuationOf } from '../valuation'
import { houseModel } from './house-model'

/**
 * What options and portfolio margin cost, by CPU, each the best of so many rounds, in turns with what it is compared with:
 * `npm run bench:options -- --rounds=7`.
 */
const rounds = Number(argv.find((text) => text.startsWith('--rounds='))?.slice(9) ?? 7)

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** The least CPU of each, in microseconds, all in turns. */
const leastOf = (works: Readonly<Record<string, () => unknown>>): Readonly<Record<string, number>> => {
  const least: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const from = cpu()
      work()
      least[name] = Math.min(least[name] ?? Number.POSITIVE_INFINITY, cpu() - from)
    }
  }
  return least
}

let state = 20260101
const draw = (): number => {
  state = (state * 1664525 + 1013904223) % 4294967296
  return state / 4294967296
}

/** Abramowitz and Stegun 7.1.26, as it is found everywhere: seven digits of the distribution, none of a far price. */
const naiveErf = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const y =
    1 -
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t * Math.exp(-x * x)
  return x < 0 ? -y : y
}
const normal = (x: number): number => 0.5 * (1 + naiveErf(x / Math.SQRT2))
const naivePrice = (type: 'call' | 'put', f: number, k: number, vol: number, tau: number, d: number): number => {
  const s = vol * Math.sqrt(tau)
  const d1 = Math.log(f / k) / s + s / 2
  return type === 'call' ? d * (f * normal(d1) - k * normal(d1 - s)) : d * (k * normal(s - d1) - f * normal(-d1))
}

const prices = 200_000
const drawn = Array.from({ length: prices }, () => ({
  f: 64_000 * (0.5 + draw()),
  k: 64_000 * (0.5 + draw()),
  vol: 0.2 + draw(),
  tau: 0.001 + draw(),
  type: draw() < 0.5 ? ('call' as const) : ('put' as const),
}))
const priceAll = (price: typeof blackPrice) => () => {
  let total = 0
  for (const { type, f, k, vol, tau } of drawn) total += price(type, f, k, vol, tau, 0.99)
  return total
}

const day_ms = 86_400_000
const expiries_ms = [2, 9, 30, 90, 180, 365].map((n) => n * day_ms)
const strikes = Array.from({ length: 40 }, (_, i) => integer(32_000 + 1600 * i))

const inputs = (index: string): UnderlyingInputs => ({
  index: decimal(index),
  asOf_ms: 0,
  expiries: new Map(
    expiries_ms.map((expiry_ms): [number, ExpiryInputs] => [
      expiry_ms,
      {
        forward: { price: decimal('64200'), index: decimal('64000') },
        surface: {
          volatility: { points: strikes.map((strike) => ({ strike, volatility: decimal('0.6') })) },
          forward: decimal('64200'),
          tau_ms: expiry_ms,
        },
      },
    ]),
  ),
})

const series = expiries_ms.flatMap((expiry_ms) =>
  strikes.flatMap((strike) =>
    (['call', 'put'] as const).map((optionType) => ({
      id: `${expiry_ms}-${format(strike)}-${optionType}`,
      underlying: 'BTC',
      expiry_ms,
      strike,
      optionType,
    })),
  ),
)

/** A book of so many options at random, and a perpetual. */
const book = (size: number): readonly Holding[] => [
  ...Array.from({ length: size }, (): OptionHolding => {
    const of = series[Math.floor(draw() * series.length)]
    if (of === undefined) throw new Error('a series')
    return { kind: 'option', ...of, quantity: multiply(integer(Math.floor(draw() * 400) - 200), unit(1)) }
  }),
  { kind: 'linear', id: 'BTC-PERP', underlying: 'BTC', quantity: one, mark: decimal('64010') },
]

const model = houseModel()
const made = valuationOf('BTC', inputs('64000'), model)
const valuations: ReadonlyMap<string, Valuation> = new Map([['BTC', made]])
for (const of of series) made.unitPrices(of)
const terms = { ...defaultMarginFactors, places: 6 }
const sizes = [1, 5, 20, 100]
const books = sizes.map((size) => Array.from({ length: Math.ceil(2000 / size) }, () => book(size)))

const least = leastOf({
  kernel: priceAll(blackPrice),
  naive: priceAll(naivePrice),
  arrays: () => {
    const fresh = valuationOf('BTC', inputs('63990'), model)
    for (const of of series) fresh.unitPrices(of)
  },
  ...Object.fromEntries(
    sizes.map((size, i) => [
      `size ${size}`,
      () => {
        for (const holdings of books[i] ?? []) portfolioRequirement(holdings, valuations, terms)
      },
    ]),
  ),
})

const each = (name: string, count: number): number => (least[name] ?? Number.NaN) / count
const perSecond = (us: number): string => Math.round(1e6 / us).toLocaleString('en')
const rows = made.scenarios.length
console.log(
  `kernel digest ${kernelDigest() === trustedDigest ? 'as trusted' : 'ANOTHER'}, ${rows} rows, best of ${rounds}, CPU`,
)
const [ours, theirs] = [each('kernel', prices), each('naive', prices)]
console.log(
  `option prices a second: ${perSecond(ours)} (${(ours * 1000).toFixed(0)} ns), naive erf ${perSecond(theirs)}: ${(theirs / ours).toFixed(2)}`,
)
const array = each('arrays', series.length)
console.log(
  `arrays of one market event: ${array.toFixed(1)} us a series, ${perSecond(array / rows)} unit prices a second`,
)
for (const [i, size] of sizes.entries()) {
  const one_us = each(`size ${size}`, books[i]?.length ?? 1)
  console.log(
    `requirement of ${size} options and a perpetual: ${one_us.toFixed(0)} us, ${perSecond(one_us / (rows * (size + 1)))} rows x positions a second`,
  )
}
