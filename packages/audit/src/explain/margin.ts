import {
  type Account,
  healthOf,
  type Instrument,
  missingFor,
  type Pool,
  type PortfolioStatement,
  portfolioStatement,
  positionOf,
  type Status,
  trader,
} from '@novation/clearing'
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
  /** Of what stands under one requirement: how that comes about. */
  readonly portfolio?: PortfolioStatement
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
      /** Of an option: what it is marked and margined by. */
      readonly index?: Source
      readonly forward?: Source
      readonly volatility?: Source
      readonly model?: Source
    }
  }[]
}

const named = <K extends string>(key: K, source: Source | undefined): { readonly [P in K]?: Source } =>
  source === undefined ? {} : ({ [key]: source } as { readonly [P in K]?: Source })

/** What an option is marked and margined by, as each was last told. */
const inputsOf = ({ option, underlying, expiry }: Instrument, trail: Trail) => {
  if (option === undefined || expiry === undefined) return {}
  const name = `${underlying} ${formatTime(expiry)}`
  return {
    ...named('index', trail.latest(`price ${underlying}`)),
    ...named('forward', trail.latest(`forward ${name}`)),
    ...named('volatility', trail.latest(`volatility ${name}`)),
    ...named('model', trail.latest(`model ${underlying}`)),
  }
}

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
    ...portfolioStatement(health.portfolio),
    collateral: [...account.balances]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([asset, amount]) => ({
        asset,
        amount: format(amount),
        from: trail.balance(trader(account.id), asset),
        ...named('price', trail.latest(`price ${asset}`)),
      })),
    positions: health.positions.map(
      ({ instrument, quantity, cash, mark, unrealised, accrued, initial, maintenance }) => ({
        instrument: instrument.id,
        quantity: format(quantity),
        cost: format(negate(cash)),
        mark: format(mark),
        unrealizedPnl: format(unrealised),
        accruedFunding: format(accrued),
        initialMargin: format(initial),
        maintenanceMargin: format(maintenance),
        from: {
          trades: trail.balance(positionOf(account.id, instrument.id), instrument.id),
          ...named('mark', trail.latest(`price ${instrument.id}`)),
          ...named('terms', trail.latest(`terms ${instrument.id}`)),
          ...named('funding', trail.latest(`funding ${instrument.id}`)),
          ...inputsOf(instrument, trail),
        },
      }),
    ),
  }
}
