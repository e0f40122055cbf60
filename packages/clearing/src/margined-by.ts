import type { EventData } from '@novation/events'
import type { Account, Health, Pool } from './state/pool'
import { rowText } from './state/together'
import { toldInputs } from './state/told'

/** By what a model margins an account, and what of it binds: for the event that says so. */
export const marginedBy = (
  pool: Pool,
  account: Account,
  health: Health,
): Pick<EventData<'MarginCall'>, 'inputs' | 'binding'> => {
  const binding = (health.portfolio?.requirement?.underlyings ?? []).map((of) => ({
    underlying: of.underlying,
    row: rowText(of.binding),
  }))
  return { ...toldInputs(pool, account, health), ...(binding.length === 0 ? {} : { binding }) }
}
