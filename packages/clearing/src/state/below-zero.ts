import { ceil, type Decimal, isPositive, max, multiply, subtract, zero } from '@novation/decimal'
import { type Allowed, type Amount, drawnUnder, type Standing, withinCaps } from '@novation/risk'
import { defaultNow } from './default-now'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import type { Account, Pool } from './pool'
import { type CapsNow, namedBy, purseOf } from './purses'
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
const standingOf = (pool: Pool, account: Account, amount: Decimal): Standing => {
  const { required, coins } = account.inDefault ?? defaultNow(pool, account)
  return {
    id: account.id,
    owner: account.owner.id,
    amount,
    coins: [...coins].map(([id, coin]) => ({ id: purseOf('coin', id), amount: fallen(pool, id, coin) })),
    instruments: [...required].map(([id, of]) => ({ id: purseOf('instrument', id), amount: of })),
  }
}

/**
 * Everybody below zero, in order of id: what the layers have is kept for those too who do not owe yet. `paid` is what each has
 * been paid by its owner.
 */
export const belowZero = (pool: Pool, caps: CapsNow, paid: (id: string) => Decimal = () => zero): readonly Below[] => {
  const places = settlementPlaces(pool)
  const lacking = [...pool.standing.bankrupt].sort().flatMap((id) => {
    const account = pool.accounts.get(id)
    if (account === undefined) return []
    return [{ account, lacks: subtract(ceil(deficitOf(healthOf(pool, account)), places), paid(id)) }]
  })
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
