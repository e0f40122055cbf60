import { compare, format, isNegative, isZero } from '@novation/decimal'
import { formatTime, type LiquidationTerms } from '@novation/events'
import { bankruptcyPrice, type Cause } from '@novation/risk'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { marginedBy } from '../margined-by'
import { missing } from '../missing'
import { coinsNow } from '../state/default-now'
import { isForSale, startCause } from '../state/duties'
import { hasLive, healthOf, isBreached } from '../state/health'
import { mergeTerms } from '../state/parameters'
import type { Account, Health, Pool } from '../state/pool'

/** The finest price an event shows. */
const pricePlaces = 18

/** One set of terms for a whole account: those of the position with the largest maintenance margin, laid over the pool's. */
const termsFor = (pool: Pool, { positions }: Health) => {
  const largest = [...positions].sort(
    (a, b) => compare(b.maintenance, a.maintenance) || (a.instrument.id < b.instrument.id ? -1 : 1),
  )[0]
  return mergeTerms(pool.parameters.liquidation, largest?.instrument.liquidation)
}

/** Its coins and their top prices: on what a loss is to stand. */
const coinsAtStart = (pool: Pool, account: Account) => {
  const coins = [...coinsNow(pool, account)].map(([asset, { amount, high }]) => ({
    asset,
    amount: format(amount),
    high: format(high),
  }))
  return coins.length === 0 ? {} : { coins }
}

/** How long its auction lasts while all of it can be dealt in. */
const length_s = (
  { fastSeconds, slowSeconds, insolventSeconds }: LiquidationTerms['auction'],
  solvent: boolean,
): number => (solvent ? fastSeconds + slowSeconds : Math.min(insolventSeconds, fastSeconds + slowSeconds))

const recordStart = (draft: Draft, account: Account, health: Health, cause: Cause): void => {
  const { pool } = draft
  const terms = termsFor(pool, health)
  const solvent = !isNegative(health.best)
  draft.record('LiquidationStarted', {
    liquidation: `${account.id}:${account.liquidations + 1}`,
    account: account.id,
    equity: format(health.best),
    maintenanceMargin: format(health.maintenance),
    solvent,
    ends: formatTime(pool.at + length_s(terms.auction, solvent) * 1000),
    terms,
    positions: health.positions.map(({ instrument, quantity, mark, maintenance }) => ({
      instrument: instrument.id,
      quantity: format(quantity),
      mark: format(mark),
      maintenanceMargin: format(maintenance),
      bankruptcyPrice: format(
        instrument.option !== undefined || isZero(health.maintenance)
          ? mark
          : bankruptcyPrice(
              {
                quantity,
                mark,
                multiplier: instrument.multiplier,
                margin: maintenance,
                totalMargin: health.maintenance,
                equity: health.best,
              },
              pricePlaces,
            ),
      ),
    })),
    ...(cause === 'breach' ? {} : { cause }),
    ...coinsAtStart(pool, account),
    ...missing(pool, account),
    ...marginedBy(pool, account, health),
  })
}

/**
 * Even at the best the account is worth less than its maintenance margin, and something of it can be dealt in: it is put
 * up for auction, whatever else it holds.
 */
export const startLiquidation: Decide<'StartLiquidation'> = (draft, { account: id, cause = 'breach' }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  const health = healthOf(pool, account)
  if (account.liquidation !== undefined) return reject('under-liquidation', `${account.liquidation.id} is open already`)
  if (health.positions.length === 0 && health.collateral.coins.length === 0)
    return reject('not-breached', `${id} holds nothing that could be sold`)
  if (cause !== 'breach') {
    if (startCause(pool, account, health) !== cause)
      return reject('not-breached', `${id} has no ${cause} that is due, and something live to meet it with`)
    recordStart(draft, account, health, cause)
    return accepted
  }
  if (isBreached(health) && !hasLive(health))
    return reject(
      'stale-price',
      `nothing that ${id} holds has a fresh price and an open market: ${(missing(pool, account).missing ?? []).join(', ')}`,
    )
  if (isBreached(health) && !isForSale(pool, account, health))
    return reject('not-breached', `${id} was offered for sale to the end, and waits for the waterfall`)
  if (!isBreached(health))
    return reject(
      'not-breached',
      `${id} is worth ${format(health.best)} at the best, not below maintenance margin ${format(health.maintenance)}`,
    )
  recordStart(draft, account, health, cause)
  return accepted
}
