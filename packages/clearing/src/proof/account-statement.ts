import { equals, format, negate } from '@novation/decimal'
import { type Consent, formatTime } from '@novation/events'
import { consentOf } from '../state/consent'
import type { Account, Health, Pool, Status } from '../state/pool'
import { maturingOf, profitOf } from '../state/profit'
import { toldInputs } from '../state/told'
import { principalOf } from '../state/worth'
import type { Judged } from './asset-statement'
import { type PortfolioStatement, portfolioStatement } from './portfolio-statement'
import type { Queue, QueuePlace } from './queue'

export interface AccountStatement {
  readonly account: string
  readonly status: Status
  /** What its owner must have signed, where that is anything. */
  readonly consent?: Consent
  readonly collateral: Readonly<Record<string, string>>
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: string
    readonly cost: string
    readonly unrealizedPnl: string
    readonly accruedFunding: string
    /** Of a whole pool's statement: when it would be closed for another's default, by class, and by rank in it. */
    readonly queue?: QueuePlace
  }[]
  readonly principal: string
  /** What another's default may reach: made, but not stood yet. */
  readonly profit: string
  /** When what was made in which cycle has stood, by what that is; nothing where nothing is fresh. */
  readonly maturing: readonly { readonly at: string; readonly amount: string }[]
  /** At market, at the last prices. */
  readonly equity: string
  /** Where a price is not fresh: what the account is worth at the worst that may have happened unseen, and at the best. */
  readonly worst?: string
  readonly best?: string
  /** What new risk needs at the worst: that of positions, and what is required for other collateral. */
  readonly initialMargin: string
  /** What the account is liquidated below at the best. */
  readonly maintenanceMargin: string
  /** Of what stands under one requirement: how that comes about. */
  readonly portfolio?: PortfolioStatement
  /** Where a model margins what it holds: at which revision each of what that takes was told last. */
  readonly inputs?: readonly { readonly input: string; readonly revision: number }[]
}

/** Whether the account is worth just what it is at the last prices. */
const isSure = ({ equity, worst, best }: Health): boolean => equals(worst, equity) && equals(best, equity)

const consenting = (pool: Pool, account: Account): Pick<AccountStatement, 'consent'> => {
  const consent = consentOf(account, pool.at)
  return consent === 'venue' ? {} : { consent }
}

/** Its place is said where all were put in order: that is a look at everybody. */
const inQueue = (queue: Queue | undefined, account: string, instrument: string): { readonly queue?: QueuePlace } => {
  const place = queue?.get(instrument)?.get(account)
  return place === undefined ? {} : { queue: place }
}

/** One account of a statement. */
export const accountStatement = (pool: Pool, { account, health }: Judged, queue?: Queue): AccountStatement => ({
  account: account.id,
  status: health.status,
  ...consenting(pool, account),
  collateral: Object.fromEntries(
    [...account.balances].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, amount]) => [asset, format(amount)]),
  ),
  positions: health.positions.map(({ instrument, quantity, cash, unrealised, accrued }) => ({
    instrument: instrument.id,
    quantity: format(quantity),
    cost: format(negate(cash)),
    unrealizedPnl: format(unrealised),
    accruedFunding: format(accrued),
    ...inQueue(queue, account.id, instrument.id),
  })),
  principal: format(principalOf(pool, account)),
  profit: format(profitOf(pool, account)),
  maturing: maturingOf(pool, account).map(({ at, amount }) => ({ at: formatTime(at), amount: format(amount) })),
  equity: format(health.equity),
  ...(isSure(health) ? {} : { worst: format(health.worst), best: format(health.best) }),
  initialMargin: format(health.initial),
  maintenanceMargin: format(health.maintenance),
  ...portfolioStatement(health.portfolio),
  ...toldInputs(pool, account, health),
})
