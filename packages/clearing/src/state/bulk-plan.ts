import { decimal, zero } from '@novation/decimal'
import type { EventData, LedgerEventOf } from '@novation/events'
import { entriesOf, lossPlan } from './loss-plan'
import type { BulkEntry, Pool } from './pool'

/** Everybody who holds an instrument, in order of id. */
export const holdersOf = (pool: Pool, instrument: string): readonly string[] =>
  [...pool.accounts.values()]
    .filter(({ positions }) => positions.has(instrument))
    .map(({ id }) => id)
    .sort()

const planOf = (pool: Pool, { what, instrument }: EventData<'BulkStarted'>): readonly BulkEntry[] =>
  what === 'settlement' && instrument !== undefined
    ? holdersOf(pool, instrument).map((account) => ({ account, amount: zero }))
    : entriesOf(lossPlan(pool))

/** The whole plan is fixed by the state at the start; the fold computes it, so a restart finds the same. */
export const startBulk = (pool: Pool, { data, metadata }: LedgerEventOf<'BulkStarted'>): Pool => {
  const remaining = planOf(pool, data)
  return {
    ...pool,
    bulk: {
      id: data.bulk,
      what: data.what,
      ...(data.instrument === undefined ? {} : { instrument: data.instrument }),
      ...(data.price === undefined ? {} : { price: decimal(data.price) }),
      ...(data.totals === undefined
        ? {}
        : {
            totals: {
              loss: decimal(data.totals.loss),
              profits: decimal(data.totals.profits),
              uncovered: decimal(data.totals.uncovered),
            },
          }),
      entries: remaining.length,
      remaining,
      command: {
        id: metadata.commandId,
        actor: metadata.actor,
        correlationId: metadata.correlationId,
        causationId: metadata.causationId,
      },
    },
  }
}
