import { atLeast, type Decimal, isZero, subtract, sum, zero } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { freshOf, type Kept, leavesFresh, profitIn, provisionalProfit } from '@novation/risk'
import { freshIn, freshTogether, maturedAt } from './gains'
import { healthOf } from './health'
import type { Account, Health, Pool } from './pool'
import { principalOf } from './worth'

/** What positions add to the account's worth at the worst. */
const unrealisedOf = ({ positions }: Health): Decimal => sum(positions.map(({ worst }) => worst))

/** profit: all that another's default may ever reach, of what an account has made and what has not stood at a time, once it has paid so much. */
export const profitOf = (pool: Pool, account: Account, paid: Decimal = zero, at: Millis = maturedAt(pool)): Decimal => {
  const health = healthOf(pool, account)
  return provisionalProfit({
    worth: subtract(health.worst, paid),
    principal: principalOf(pool, account),
    unrealised: unrealisedOf(health),
    fresh: freshOf(freshTogether(pool, account, at)),
  })
}

/** What of the profit was made in each instrument that has any. */
export const profitsIn = (pool: Pool, account: Account, profit: Decimal): ReadonlyMap<string, Decimal> => {
  const unrealised = new Map(healthOf(pool, account).positions.map(({ instrument, worst }) => [instrument.id, worst]))
  const names = new Set([...unrealised.keys(), ...account.gains.keys()])
  const made = (name: string): Decimal =>
    profitIn(profit, unrealised.get(name) ?? zero, freshOf(freshIn(pool, account, name, maturedAt(pool))))
  return new Map([...names].map((name) => [name, made(name)]))
}

/** What of an account's gains stands from when on, earliest first: each cycle's by itself, where it is not nothing. */
export const maturingOf = (
  pool: Pool,
  account: Account,
): readonly { readonly at: Millis; readonly amount: Decimal }[] =>
  freshTogether(pool, account, pool.at)
    .map((gains) => ({ at: gains.from + 2 * pool.parameters.maturity_s * 1000, amount: freshOf([gains]) }))
    .filter(({ amount }) => !isZero(amount))
    .sort((a, b) => a.at - b.at)

/** What an account has, by what a withdrawal must leave: what has not stood by now, whether or not the pool is frozen. */
export const keptBy = (pool: Pool, account: Account): Kept => {
  const health = healthOf(pool, account)
  return {
    held: health.collateral.worst,
    unrealised: unrealisedOf(health),
    fresh: freshOf(freshTogether(pool, account, pool.at)),
  }
}

/**
 * Whether an account that could be asked for so much profit before keeps what has not stood yet, in coins or cash, and within
 * reach of others: what is paid in beside it, or bought with it, is principal, and no profit that could be asked for.
 */
export const keepsFresh = (pool: Pool, account: Account, before: Decimal): boolean =>
  leavesFresh(keptBy(pool, account)) && atLeast(profitOf(pool, account, zero, pool.at), before)
