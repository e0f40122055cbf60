import { decimal, zero } from '@novation/decimal'
import type { EventData, LedgerEventOf } from '@novation/events'
import { closesOf } from '../liquidation/closes'
import { holdersOf } from './holders'
import { entriesOf, lossPlan } from './loss-plan'
import type { BulkEntry, Pool } from './pool'

const planOf = (pool: Pool, { what, instrument, liquidation }: EventData<'BulkStarted'>): readonly BulkEntry[] => {
  switch (what) {
    case 'settlement':
      return holdersOf(pool, instrument ?? '').map((account) => ({ account, amount: zero }))
    case 'deleveraging':
      return closesOf(pool, pool.liquidations.get(liquidation ?? '') ?? '')
    case 'loss':
      return entriesOf(lossPlan(pool))
  }
}

/** The whole plan is fixed by the state at the start; the fold computes it, so a restart finds the same. */
export const startBulk = (pool: Pool, { data, metadata }: LedgerEventOf<'BulkStarted'>): Pool => {
  const remaining = planOf(pool, data)
  return {
    ...pool,
    bulk: {
      id: data.bulk,
      what: data.what,
      ...(data.liquidation === undefined ? {} : { liquidation: data.liquidation }),
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
