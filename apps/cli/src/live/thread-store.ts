import { type EventStore, openEventStoreDb, systemScheduler } from '@novation/platform'
import { openLedger } from '../ledger/open-ledger'
import type { GatewayGiven } from './given'

/** The ledger as a thread of its own reads it: it ends with its process. */
export const openThreadStore = (where: GatewayGiven['ledger']): EventStore =>
  'eventstore' in where
    ? openEventStoreDb(where.eventstore, { scheduler: systemScheduler, stop: new AbortController().signal })
    : openLedger(where.folder)
