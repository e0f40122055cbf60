import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare, type Decimal, decimal } from '@novation/decimal'
import type { ExpiryInputs, UnderlyingInputs } from '../market'

/** A table of right answers beside this file. */
export const read = <Table>(name: string): Table =>
  JSON.parse(readFileSync(join(__dirname, `${name}.json`), 'utf8')) as Table

type Terms = string | number | boolean | undefined | readonly Terms[] | { readonly [key: string]: Terms }

/** Terms with every text as a decimal. */
export const parsed = <Result>(terms: Terms): Result => {
  if (typeof terms === 'string') return decimal(terms) as Result
  if (Array.isArray(terms)) return terms.map((item) => parsed(item)) as Result
  if (typeof terms !== 'object') return terms as Result
  return Object.fromEntries(Object.entries(terms).map(([key, value]) => [key, parsed(value)])) as Result
}

/** One expiry as a table tells it: a rate for the curve, a volatility for each strike. */
export interface TabledExpiry {
  readonly seconds: number
  readonly forward: string
  readonly rate: string
  readonly volatility: Readonly<Record<string, string>>
}

const inputsOf = ({ seconds, forward, volatility }: TabledExpiry, index: Decimal): ExpiryInputs => ({
  forward: { price: decimal(forward), index },
  surface: {
    volatility: {
      points: Object.entries(volatility)
        .map(([strike, vol]) => ({ strike: decimal(strike), volatility: decimal(vol) }))
        .sort((a, b) => compare(a.strike, b.strike)),
    },
    forward: decimal(forward),
    tau_ms: seconds * 1000,
  },
})

const discountOf = ({ rate, seconds }: TabledExpiry): Decimal =>
  decimal(Math.exp((-Number(rate) * seconds) / 31_536_000).toFixed(18))

/** A market as a table tells it, at time 0. */
export const marketOf = (index: string, expiries: readonly TabledExpiry[]): UnderlyingInputs => ({
  index: decimal(index),
  asOf_ms: 0,
  expiries: new Map(expiries.map((expiry) => [expiry.seconds * 1000, inputsOf(expiry, decimal(index))])),
  curve: [...expiries]
    .sort((a, b) => a.seconds - b.seconds)
    .map((expiry) => ({ days: expiry.seconds / 86_400, discount: discountOf(expiry) })),
})
