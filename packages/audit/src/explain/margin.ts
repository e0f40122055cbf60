import { type Account, healthOf, missingFor, type Pool, positionOf, type Status, trader } from '@novation/clearing'
import { format, negate } from '@novation/decimal'
import { formatTime } from '@novation/events'
import type { Source, Sources, Trail } from './sources'

/** The margin of an account at one revision: every figure with the events it comes from. Amounts are exact. */
export interface Margin {
  readonly revision: number
  readonly at: string
  readonly status: Status
  /** At the last prices. */
  readonly equity: string
  /** Where a price is missing: at the worst, and at the best, that may have happened unseen; and which are missing. */
  readonly worst?: string
  readonly best?: string
  readonly missing?: readonly string[]
  /** With what is required for collateral other than the settlement asset. */
  readonly initialMargin: string
  readonly maintenanceMargin: string
  readonly collateral: readonly {
    readonly asset: string
    readonly amount: string
    readonly from: Sources
    readonly price?: Source
  }[]
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: string
    readonly cost: string
    readonly mark: string
    readonly unrealizedPnl: string
    readonly accruedFunding: string
    readonly initialMargin: string
    readonly maintenanceMargin: string
    readonly from: {
      readonly trades: Sources
      readonly mark?: Source
      readonly terms?: Source
      readonly funding?: Source
    }
  }[]
}

const named = <K extends string>(key: K, source: Source | undefined): { readonly [P in K]?: Source } =>
  source === undefined ? {} : ({ [key]: source } as { readonly [P in K]?: Source })

/** The account's health in the pool as it stands, taken apart. */
export const marginOf = (pool: Pool, account: Account, trail: Trail): Margin => {
  const health = healthOf(pool, account)
  const missing = missingFor(pool, account)
  return {
    revision: pool.revision,
    at: formatTime(pool.at),
    status: health.status,
    equity: format(health.equity),
    ...(missing.length === 0 ? {} : { worst: format(health.worst), best: format(health.best), missing }),
    initialMargin: format(health.initial),
    maintenanceMargin: format(health.maintenance),
    collateral: [...account.balances]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([asset, amount]) => ({
        asset,
        amount: format(amount),
        from: trail.balance(trader(account.id), asset),
        ...named('price', trail.latest(`price ${asset}`)),
      })),
    positions: health.positions.map(
      ({ instrument: { id }, quantity, cash, mark, unrealised, accrued, initial, maintenance }) => ({
        instrument: id,
        quantity: format(quantity),
        cost: format(negate(cash)),
        mark: format(mark),
        unrealizedPnl: format(unrealised),
        accruedFunding: format(accrued),
        initialMargin: format(initial),
        maintenanceMargin: format(maintenance),
        from: {
          trades: trail.balance(positionOf(account.id, id), id),
          ...named('mark', trail.latest(`price ${id}`)),
          ...named('terms', trail.latest(`terms ${id}`)),
          ...named('funding', trail.latest(`funding ${id}`)),
        },
      }),
    ),
  }
}
