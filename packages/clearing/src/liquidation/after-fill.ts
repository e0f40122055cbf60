import { add, type Decimal, decimal, isNegative, isPositive, multiply, one, subtract, zero } from '@novation/decimal'
import type { After as Left } from '@novation/risk'
import { causeNow } from '../state/duties'
import type { Item } from '../state/items'
import type { Account, Health, Instrument, Pool, Valued } from '../state/pool'
import { type Held, requiredOf } from '../state/portfolio'
import type { Liquidation } from '../state/values'
import { cutOf, leastCutOf } from '../state/worth'

/** A hedge that an account under liquidation takes on at the mark: a signed quantity of a perpetual or a future. */
export interface Hedge {
  readonly instrument: Instrument
  readonly quantity: Decimal
  readonly mark: Decimal
}

/** What an account under one requirement comes to once so much of each item is taken, before that is paid for. */
export type After = (taken: readonly Decimal[], hedge?: Hedge) => Left

/** What is left of a position, with its sign, once so much of it is taken. */
export const leftOf = ({ quantity }: Pick<Valued, 'quantity'>, taken: Decimal): Decimal =>
  isNegative(quantity) ? add(quantity, taken) : subtract(quantity, taken)

const hedgedBy = (held: readonly Held[], { instrument, quantity, mark }: Hedge): readonly Held[] =>
  held.some((one) => one.instrument === instrument)
    ? held.map((one) => (one.instrument === instrument ? { ...one, quantity: add(one.quantity, quantity) } : one))
    : [...held, { instrument, quantity, mark, crowding: zero }]

export const afterOf = (
  pool: Pool,
  account: Account,
  open: Liquidation,
  health: Health,
  sale: readonly Item[],
): After => {
  const isCall = causeNow(open, health) === 'call'
  const { coins, cutBest, cutCall } = health.collateral
  const cut = isCall ? cutOf : leastCutOf
  return (taken, hedge) => {
    const takenOf = new Map(sale.map(({ id }, i) => [id, taken[i] ?? zero]))
    const left = health.positions.map(({ instrument, quantity, mark, crowding }) => ({
      instrument,
      mark,
      crowding,
      quantity: leftOf({ quantity }, takenOf.get(instrument.id) ?? zero),
    }))
    let cuts = isCall ? cutCall : cutBest
    const coinsLeft = coins.map(({ id, quantity, price }) => {
      const gone = takenOf.get(id) ?? zero
      const asset = pool.assets.get(id)
      if (asset !== undefined && isPositive(gone)) {
        const rest = cut(pool, asset, multiply(subtract(quantity, gone), price))
        cuts = add(subtract(cuts, cut(pool, asset, multiply(quantity, price))), rest)
      }
      return { id, quantity: subtract(quantity, gone) }
    })
    const required = requiredOf(pool, account, hedge === undefined ? left : hedgedBy(left, hedge), coinsLeft)
    const requirement = add(required.maintenance, cuts)
    const target = isCall ? add(required.initial, cuts) : multiply(add(one, decimal(open.terms.buffer)), requirement)
    return { requirement, exact: add(required.exact, cuts), lacks: subtract(target, health.marked) }
  }
}
