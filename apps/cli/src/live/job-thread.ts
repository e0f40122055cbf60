import { type JobProgress, workOn } from '@novation/gateway'
import { answerThread, openSpool } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import type { JobsOf } from './gateway'
import { openThreadStore } from './thread-store'

answerThread((where: JobsOf) => {
  const { snapshots, spool } = where
  const run = workOn({ store: openThreadStore(where), snapshots, reacting: serviceReactors, spool: openSpool(spool) })
  return (task: Parameters<typeof run>[0], signal, say: (so: JobProgress) => void) => run(task, say, signal)
})
