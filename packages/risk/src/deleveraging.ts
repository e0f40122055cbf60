import {
  add,
  compare,
  type Decimal,
  divideCeil,
  divideFloor,
  floor,
  isPositive,
  max,
  min,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import { byId } from './ids'

/**
 * What the counterparty that closes `closing`, after `before` of `total` are closed, is asked to give of a loss:
 * `ceil(L*(K+k)/S) - ceil(L*K/S)`, so that all of them together are asked exactly `ceil(L)`. Below zero where equity is left,
 * which the counterparties receive.
 */
export const askedOf = (loss: Decimal, before: Decimal, closing: Decimal, total: Decimal, places: number): Decimal =>
  subtract(
    divideCeil(multiply(loss, add(before, closing)), total, places),
    divideCeil(multiply(loss, before), total, places),
  )

export interface Asked {
  readonly asked: Decimal
  /** upnl of the counterparty's whole position. */
  readonly unrealised: Decimal
  /** k, and the |quantity| it is part of. */
  readonly closing: Decimal
  readonly held: Decimal
  /** Of the counterparty's account: what of its equity is not principal. */
  readonly profit: Decimal
  readonly places: number
}

/**
 * What it gives: `min(asked, max(0, min(floor(upnl * k / |q|), floor(profit))))`, at most the profit of what is closed and
 * never principal. What it is to receive it receives in full.
 */
export const given = ({ asked, unrealised, closing, held, profit, places }: Asked): Decimal => {
  const ofWhatIsClosed = divideFloor(multiply(unrealised, closing), held, places)
  return min(asked, max(zero, min(ofWhatIsClosed, floor(profit, places))))
}

/** A counterparty in profit. */
export interface Counterparty {
  readonly id: string
  readonly unrealised: Decimal
  /** |cost| of the position. */
  readonly cost: Decimal
  readonly notional: Decimal
  /** Of its account. */
  readonly equity: Decimal
}

/** Where a counterparty stands among others: by `gain / base`. */
export interface DeleveragingRank {
  readonly id: string
  readonly gain: Decimal
  readonly base: Decimal
}

export const deleveragingRank = ({ id, unrealised, cost, notional, equity }: Counterparty): DeleveragingRank => ({
  id,
  gain: multiply(unrealised, notional),
  base: multiply(cost, max(equity, zero)),
})

/**
 * Who is deleveraged first: by profit ratio (unrealised / cost) times effective leverage (notional / equity), largest
 * first, compared exactly; ties by id. A position that cost nothing, or an account without equity, stands before all.
 */
export const compareDeleveraging = (a: DeleveragingRank, b: DeleveragingRank): number => {
  const unbounded = Number(isPositive(a.base)) - Number(isPositive(b.base))
  if (unbounded !== 0) return unbounded
  const byScore = isPositive(a.base) ? compare(multiply(b.gain, a.base), multiply(a.gain, b.base)) : 0
  return byScore || byId(a, b)
}
