import type { EventData } from '@novation/events'
import type { Account, Health, Pool } from './state/pool'
import { rowText } from './state/together'
import { inputsFor } from './state/told'

/** By what a model margins an account, and what of it binds: for the event that says so. */
export const marginedBy = (
  pool: Pool,
  account: Account,
  health: Health,
): Pick<EventData<'MarginCall'>, 'inputs' | 'binding'> => {
  const inputs = inputsFor(pool, account, health)
  const binding = (health.portfolio?.requirement?.underlyings ?? []).map((of) => ({
    underlying: of.underlying,
    row: rowText(of.binding),
  }))
  return { ...(inputs.length === 0 ? {} : { inputs }), ...(binding.length === 0 ? {} : { binding }) }
}
