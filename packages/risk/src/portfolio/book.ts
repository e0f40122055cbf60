import { add, type Decimal, isNegative, multiply, one, subtract, sum, zero } from '@novation/decimal'
import type { CoinHolding, Holding, LinearHolding, OptionHolding, Side } from './holding'
import type { RiskModel } from './model'
import { sumsOf } from './sums'
import type { ModelTerm } from './term'
import { base, basisDown, basisUp, firstRow, type UnitPrices, type Valuation } from './valuation'

/** What is held of one expiry: M now, X in every state, and what a model makes of the expiry. */
export interface ExpiryBook {
  readonly expiry_ms: number
  readonly term: ModelTerm
  readonly now: Decimal
  readonly up: Decimal
  readonly down: Decimal
  readonly rows: readonly Decimal[]
}

/** What is held in one underlying. */
export interface Book {
  readonly valuation: Valuation
  readonly model: RiskModel
  readonly options: readonly OptionHolding[]
  readonly linear: readonly LinearHolding[]
  readonly coins: readonly CoinHolding[]
  readonly expiries: readonly ExpiryBook[]
  /** Sum of quantity times mark of what is linear. */
  readonly delta: Decimal
}

/** Throws a RangeError where nothing was published of its expiry. */
export const pricesOf = (valuation: Valuation, option: OptionHolding): UnitPrices => {
  const prices = valuation.unitPrices(option)
  if (prices === undefined) throw new RangeError(`no forward and volatility for ${option.id} of ${option.underlying}`)
  return prices
}

const expiryBook = (valuation: Valuation, expiry_ms: number, options: readonly OptionHolding[]): ExpiryBook => {
  const term = valuation.modelTerm(expiry_ms)
  if (term === undefined) throw new RangeError(`no forward and volatility for the expiry of ${options[0]?.id}`)
  const sums = sumsOf(
    options.map(({ quantity }) => quantity),
    options.map((option) => pricesOf(valuation, option)),
  )
  const at = (i: number): Decimal => sums[i] ?? zero
  return { expiry_ms, term, now: at(base), up: at(basisUp), down: at(basisDown), rows: sums.slice(firstRow) }
}

/** Gathers what is held in one underlying. Throws a RangeError where it has no model. */
export const bookOf = (valuation: Valuation, holdings: readonly Holding[]): Book => {
  const { model, underlying } = valuation
  if (model === undefined) throw new RangeError(`no risk model for ${underlying}`)
  const options = holdings.filter((holding) => holding.kind === 'option')
  const linear = holdings.filter((holding) => holding.kind === 'linear')
  const expiries = [...new Set(options.map(({ expiry_ms }) => expiry_ms))].sort((a, b) => a - b)
  return {
    valuation,
    model,
    options,
    linear,
    coins: holdings.filter((holding) => holding.kind === 'coin'),
    expiries: expiries.map((expiry_ms) =>
      expiryBook(
        valuation,
        expiry_ms,
        options.filter((option) => option.expiry_ms === expiry_ms),
      ),
    ),
    delta: sum(linear.map(({ quantity, mark }) => multiply(quantity, mark))),
  }
}

/** d of what an expiry comes to in a state: less than all of what is held, more than all of what is owed. */
export const discountOf = ({ long, short }: ModelTerm, value: Decimal): Decimal => (isNegative(value) ? short : long)

/** What of a coin moves with the index: its worth less what counts for no margin. */
export const countedOf = (coin: CoinHolding, side: Side): Decimal => multiply(coin[side], subtract(one, coin.cut))

/** What moves with the index one to one: linear contracts, and coins on a side. */
export const movingOf = ({ delta, coins }: Book, side: Side): Decimal =>
  add(delta, sum(coins.map((coin) => countedOf(coin, side))))
