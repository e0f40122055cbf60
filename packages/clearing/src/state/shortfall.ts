import { add, ceil, type Decimal, subtract, toNumber, zero } from '@novation/decimal'
import { deficitOf } from './deficit'
import { healthOf, roundingOf } from './health'
import type { Lacked } from './lacked'
import type { Account, Health, Pool } from './pool'
import { settlementPlaces } from './worth'

const nothing: Lacked = { sum: zero, below: zero, rounding: 0 }

const lackedBy = (pool: Pool, account: Account, health: Health): Lacked => ({
  sum: subtract(health.maintenance, health.best),
  below: ceil(deficitOf(health), settlementPlaces(pool)),
  rounding: roundingOf(pool, account),
})

/**
 * What an account below zero lacks, to its maintenance margin and to zero, takes the place of what it lacked before; one that
 * is no more (of no health) lacks nothing.
 */
export const countLacking = (pool: Pool, account: Account, health: Health | undefined): void => {
  const { lacking } = pool.standing
  const before = account.stand.lacked
  const now = health?.status === 'bankrupt' ? lackedBy(pool, account, health) : undefined
  if (before === undefined && now === undefined) return
  account.stand.lacked = now
  const [was, is] = [before ?? nothing, now ?? nothing]
  lacking.sum = add(subtract(lacking.sum, was.sum), is.sum)
  lacking.below = add(subtract(lacking.below, was.below), is.below)
  lacking.rounding += is.rounding - was.rounding
}

/** All that the prices have moved since each was last judged, at most; doubles round, so a little more. */
export const drift = (pool: Pool, slope: number, by: number): void => {
  pool.standing.lacking.drift += Math.abs(slope) * Math.abs(by) * (1 + 1e-6)
}

/** Looks at each account below zero as the prices are now. */
const countAnew = (pool: Pool): void => {
  const { bankrupt, lacking } = pool.standing
  for (const id of bankrupt) {
    const account = pool.accounts.get(id)
    if (account !== undefined) countLacking(pool, account, healthOf(pool, account))
  }
  lacking.drift = 0
  lacking.isOld = false
}

/**
 * What all accounts below zero lack to their maintenance margin at the present marks, exactly. The pool is judged.
 */
export const shortfallOf = (pool: Pool): Decimal => {
  const { lacking } = pool.standing
  if (lacking.drift > 0) countAnew(pool)
  return lacking.sum
}

/** By how much they are below zero together, each rounded up to whole units, exactly. The pool is judged. */
export const deficitsOf = (pool: Pool): Decimal => {
  const { lacking } = pool.standing
  if (lacking.isOld) countAnew(pool)
  return lacking.below
}

/**
 * The same as far as it must be known to tell whether it is more than `resources`: exact only where that is near. How
 * far it may have moved is known by the slopes of what bankrupt accounts hold; each may be off by rounding too.
 */
export const shortfallAgainst = (pool: Pool, resources: Decimal): Decimal => {
  const { lacking } = pool.standing
  const gap = Math.abs(toNumber(subtract(lacking.sum, resources)))
  return lacking.drift > 0 && (lacking.drift + lacking.rounding) * (1 + 1e-6) >= gap ? shortfallOf(pool) : lacking.sum
}
