import { compare, format, isNegative } from '@novation/decimal'
import { formatTime } from '@novation/events'
import { bankruptcyPrice } from '@novation/risk'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { badPrices } from '../stale'
import { mustRestart } from '../state/duties'
import { healthOf } from '../state/health'
import { mergeTerms } from '../state/parameters'
import type { Account, Health, Pool } from '../state/pool'
import { auctionEnds } from './auction-terms'

/** The finest price an event shows. */
const pricePlaces = 18

/** One set of terms for a whole account: those of the position with the largest maintenance margin, laid over the pool's. */
const termsFor = (pool: Pool, { positions }: Health) => {
  const largest = [...positions].sort(
    (a, b) => compare(b.maintenance, a.maintenance) || (a.instrument.id < b.instrument.id ? -1 : 1),
  )[0]
  return mergeTerms(pool.parameters.liquidation, largest?.instrument.liquidation)
}

const recordStart = (draft: Draft, account: Account, health: Health): void => {
  const { pool } = draft
  const terms = termsFor(pool, health)
  const solvent = !isNegative(health.equity)
  draft.record('LiquidationStarted', {
    liquidation: `${account.id}:${account.liquidations + 1}`,
    account: account.id,
    equity: format(health.equity),
    maintenanceMargin: format(health.maintenance),
    solvent,
    ends: formatTime(auctionEnds(terms, pool.at, solvent)),
    terms,
    positions: health.positions.map(({ instrument, quantity, mark, maintenance }) => ({
      instrument: instrument.id,
      quantity: format(quantity),
      mark: format(mark),
      maintenanceMargin: format(maintenance),
      bankruptcyPrice: format(
        bankruptcyPrice(
          {
            quantity,
            mark,
            multiplier: instrument.multiplier,
            margin: maintenance,
            totalMargin: health.maintenance,
            equity: health.equity,
          },
          pricePlaces,
        ),
      ),
    })),
  })
}

const recordRestart = (draft: Draft, account: Account, health: Health): void => {
  const { pool } = draft
  const solvent = !isNegative(health.equity)
  const open = account.liquidation
  draft.record('AuctionRestarted', {
    liquidation: open?.id ?? '',
    account: account.id,
    equity: format(health.equity),
    maintenanceMargin: format(health.maintenance),
    solvent,
    ends: formatTime(auctionEnds(open?.terms ?? termsFor(pool, health), pool.at, solvent)),
  })
}

/**
 * Equity is below maintenance margin on fresh prices: the account is put up for auction. Asked of an open liquidation
 * whose equity has changed sign, or fallen to what was kept for it, the auction begins anew (risk 4.3).
 */
export const startLiquidation: Decide<'StartLiquidation'> = (draft, { account: id }) => {
  const { pool } = draft
  const account = pool.accounts.get(id)
  if (account === undefined) return reject('unknown-account', `no account ${id} in this pool`)
  const health = healthOf(pool, account)
  const open = account.liquidation
  if (open !== undefined && !(open.stage === 'auction' && mustRestart(open, health)))
    return reject('under-liquidation', `${open.id} is open already`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  if (health.positions.length === 0) return reject('not-breached', `${id} holds no position to close`)
  if (health.status === 'healthy' || health.status === 'restricted')
    return reject(
      'not-breached',
      `${id} has equity ${format(health.equity)}, not below maintenance margin ${format(health.maintenance)}`,
    )
  if (open === undefined) recordStart(draft, account, health)
  else recordRestart(draft, account, health)
  return accepted
}
