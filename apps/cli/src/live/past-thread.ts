import { folderShelf } from '@novation/audit'
import { streamOf } from '@novation/events'
import { answerPast } from '@novation/gateway'
import { answerThread, openLog, systemScheduler } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import type { PastOf } from './gateway'
import { openThreadStore } from './thread-store'

answerThread((where: PastOf) => {
  const store = openThreadStore(where)
  const log = openLog('warn', { process: 'gateway' })
  return answerPast({
    whose: (pool) => (from) => store.read(streamOf(pool), from),
    shelf: folderShelf(where.snapshots),
    aside: folderShelf(where.aside),
    passedOver: ({ pool, revision }, reason) =>
      log.warn({ pool, snapshot: revision, reason }, 'a snapshot is passed over'),
    unkept: (error) => log.warn({ reason: String(error) }, 'a moment is not put aside'),
    reacting: serviceReactors,
    now: systemScheduler.now,
  })
})
