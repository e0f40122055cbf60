import { add, ceil, type Decimal, isPositive, max, multiply, subtract, sum, zero } from '@novation/decimal'
import { type Allowed, type Amount, drawnUnder, type Standing, withinCaps } from '@novation/risk'
import { debtOf } from './debts'
import { defaultNow } from './default-now'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import type { Account, Pool } from './pool'
import { type CapsNow, namedBy, purseOf } from './purses'
import { deficitsOf } from './shortfall'
import type { Drawing } from './values'
import { settlementPlaces, worthOf } from './worth'

/** Somebody below zero, by how much, in whole units, and what of that the layers may bear under the caps. */
export interface Below {
  readonly account: Account
  readonly lacks: Decimal
  readonly allowed: Allowed
}

/** What one of a coin has fallen at the worst from its top price at the start of the default, times what there was of it. */
const fallen = (pool: Pool, asset: string, { amount, high }: { amount: Decimal; high: Decimal }): Decimal =>
  max(zero, subtract(multiply(amount, high), worthOf(pool, asset, amount).worst))

/** On what a loss of an account stands, as far as it was known when its default began. */
export const standingOf = (pool: Pool, account: Account, amount: Decimal): Standing => {
  const { required, coins } = account.inDefault ?? defaultNow(pool, account)
  return {
    id: account.id,
    owner: account.owner.id,
    amount,
    coins: [...coins].map(([id, coin]) => ({ id: purseOf('coin', id), amount: fallen(pool, id, coin) })),
    instruments: [...required].map(([id, of]) => ({ id: purseOf('instrument', id), amount: of })),
  }
}

/** All that somebody is below zero, in whole units. */
const belowOf = (pool: Pool, account: Account): Decimal =>
  ceil(deficitOf(healthOf(pool, account)), settlementPlaces(pool))

/** What who owes lacks beyond what the owner has paid and what the coins are worth, for those are sold before others pay. */
const owedOf = (pool: Pool, account: Account, paid: Decimal): Decimal => {
  const { amount, worth, waits } = debtOf(pool, account)
  return max(zero, subtract(waits ? belowOf(pool, account) : subtract(amount, worth), paid))
}

/** What somebody lacks; who does not owe yet, or has coins that wait for a price, all that is below zero. */
const lackOf = (pool: Pool, account: Account, paid: Decimal): Decimal =>
  pool.standing.duties.owing.has(account.id) ? owedOf(pool, account, paid) : belowOf(pool, account)

/** What all below zero, and all who owe, lack together: the same without a look at each. The pool must be judged. */
export const lackedByAll = (pool: Pool): Decimal => {
  const below = deficitsOf(pool)
  const owing = [...pool.standing.duties.owing].flatMap((id) => pool.accounts.get(id) ?? [])
  // In what all are below zero, each who owes is counted by that, and not by what it owes.
  const beyond = owing.map((account) => subtract(owedOf(pool, account, zero), account.stand.lacked?.below ?? zero))
  return add(below, sum(beyond))
}

/** All who are below zero, or owe, in order of id, and what of each the layers are to bear or to keep for it. */
const lacksOf = (pool: Pool, paid: (id: string) => Decimal = () => zero) => {
  const { bankrupt, duties } = pool.standing
  return [...new Set([...bankrupt, ...duties.owing])].sort().flatMap((id) => {
    const account = pool.accounts.get(id)
    return account === undefined ? [] : [{ account, lacks: lackOf(pool, account, paid(id)) }]
  })
}

/**
 * Everybody below zero, in order of id: what the layers have is kept for those too who do not owe yet. `paid` is what each has
 * been paid by its owner.
 */
export const belowZero = (pool: Pool, caps: CapsNow, paid?: (id: string) => Decimal): readonly Below[] => {
  const places = settlementPlaces(pool)
  const lacking = lacksOf(pool, paid)
  const allowed = withinCaps(
    lacking.map(({ account, lacks }) => standingOf(pool, account, lacks)),
    caps,
    places,
  )
  return lacking.flatMap((each, i) => {
    const own = allowed[i]
    return own === undefined ? [] : [{ ...each, allowed: own }]
  })
}

/** What a payment draws under each cap. */
export const drawingsOf = (
  pool: Pool,
  account: Account,
  allowed: Allowed,
  paid: Decimal,
  caps: CapsNow,
): readonly Drawing[] => {
  const parts: readonly Amount[] = [
    { id: purseOf('owner', account.owner.id), amount: paid },
    ...drawnUnder(allowed, paid, settlementPlaces(pool)),
  ]
  return parts
    .filter(({ amount }) => isPositive(amount))
    .map(({ id, amount }) => ({ ...namedBy(id), amount, cap: caps.cap(id) }))
}
