import { folderShelf } from '@novation/audit'
import { streamOf } from '@novation/events'
import { answerPast } from '@novation/gateway'
import { answerThread, openEventStoreDb, systemScheduler } from '@novation/platform'
import { openLedger } from '../ledger/open-ledger'
import { serviceReactors } from '../run/reactors'
import type { PastOf } from './gateway'

answerThread((where: PastOf) => {
  // It ends with its process.
  const stop = new AbortController().signal
  const store =
    'eventstore' in where
      ? openEventStoreDb(where.eventstore, { scheduler: systemScheduler, stop })
      : openLedger(where.folder)
  return answerPast({
    whose: (pool) => (from) => store.read(streamOf(pool), from),
    shelf: folderShelf(where.snapshots),
    reacting: serviceReactors,
    now: systemScheduler.now,
  })
})
