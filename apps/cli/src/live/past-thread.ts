import { folderShelf } from '@novation/audit'
import { streamOf } from '@novation/events'
import { answerPast } from '@novation/gateway'
import { answerThread, systemScheduler } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import type { PastOf } from './gateway'
import { openThreadStore } from './thread-store'

answerThread((where: PastOf) => {
  const store = openThreadStore(where)
  return answerPast({
    whose: (pool) => (from) => store.read(streamOf(pool), from),
    shelf: folderShelf(where.snapshots),
    reacting: serviceReactors,
    now: systemScheduler.now,
  })
})
