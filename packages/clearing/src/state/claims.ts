import {
  add,
  type Decimal,
  divideFloor,
  isNegative,
  isPositive,
  isZero,
  multiply,
  subtract,
  zero,
} from '@novation/decimal'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import type { Account, ClaimOn, Claims, Pool } from './pool'
import { noDefault } from './values'

export type Layer = keyof Claims['drawn']

/** What an account below zero lacks, and what the layers have paid for it already; nothing where it lacks nothing. */
const claimOf = (pool: Pool, account: Account): ClaimOn | undefined => {
  if (!pool.standing.bankrupt.has(account.id)) return undefined
  const deficit = deficitOf(healthOf(pool, account))
  return isPositive(deficit) ? { deficit, drawn: (account.inDefault ?? noDefault).drawn } : undefined
}

/** What is claimed in all is what it was, less what was claimed for an account, and what is now. */
const count = (claims: Claims, account: Account, now: ClaimOn | undefined): void => {
  const before = claims.members.get(account)
  const changed = (of: (claim: ClaimOn) => Decimal, sum: Decimal): Decimal =>
    add(subtract(sum, before === undefined ? zero : of(before)), now === undefined ? zero : of(now))
  claims.deficits = changed(({ deficit }) => deficit, claims.deficits)
  claims.drawn = {
    fund: changed(({ drawn }) => drawn.fund, claims.drawn.fund),
    skinInTheGame: changed(({ drawn }) => drawn.skinInTheGame, claims.drawn.skinInTheGame),
  }
  if (now === undefined) claims.members.delete(account)
  else claims.members.set(account, now)
  const hasDrawn = now !== undefined && (isPositive(now.drawn.fund) || isPositive(now.drawn.skinInTheGame))
  if (hasDrawn) claims.paid.add(account)
  else claims.paid.delete(account)
}

const claimAll = (pool: Pool): Claims => {
  const claims: Claims = {
    priceMoves: pool.standing.changes.priceMoves,
    seen: pool.standing.changes.accounts.length,
    members: new Map(),
    paid: new Set(),
    deficits: zero,
    drawn: { fund: zero, skinInTheGame: zero },
  }
  for (const id of pool.standing.bankrupt) {
    const account = pool.accounts.get(id)
    if (account !== undefined) count(claims, account, claimOf(pool, account))
  }
  return claims
}

/** Every account below zero, whether or not it still holds positions; corrected by who has changed. */
export const claimsOf = (pool: Pool): Claims => {
  const { standing } = pool
  const { changes } = standing
  const claims = standing.claims.last?.priceMoves === changes.priceMoves ? standing.claims.last : claimAll(pool)
  standing.claims.last = claims
  changes.isRead = true
  for (const account of new Set(changes.accounts.slice(claims.seen))) count(claims, account, claimOf(pool, account))
  claims.seen = changes.accounts.length
  return claims
}

/**
 * What of a layer that holds so much there is for one account, as `layerShares` has it for all; nothing where somebody
 * has had more than its share, so that all must be looked at.
 */
export const shareOf = (
  claims: Claims,
  layer: Layer,
  holds: Decimal,
  account: Account,
  places: number,
): Decimal | undefined => {
  const own = claims.members.get(account)
  if (own === undefined || isZero(holds)) return zero
  const pot = add(holds, claims.drawn[layer])
  const whole = add(claims.deficits, claims.drawn[layer])
  const dueTo = ({ deficit, drawn }: ClaimOn): Decimal =>
    subtract(multiply(pot, add(deficit, drawn[layer])), multiply(drawn[layer], whole))
  for (const paid of claims.paid) {
    const claim = claims.members.get(paid)
    if (claim !== undefined && isNegative(dueTo(claim))) return undefined
  }
  return divideFloor(dueTo(own), whole, places)
}
