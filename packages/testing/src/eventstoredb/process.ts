import { join } from 'node:path'
import { runScript, type Script } from '../script'
import type { Faults } from './faults'
import type { EventStoreDbOptions } from './server'

/** A server in a process of its own, so that `kill -9` is possible. */
export interface EventStoreDbProcess extends Script {
  readonly connectionString: string
  /** As `Faults.arm`, in that process. */
  readonly arm: Faults['arm']
}

/** Settles when the server answers. With a directory and a fixed port, another takes over where one was killed. */
export const runEventStoreDb = async (
  options: Omit<EventStoreDbOptions, 'cluster'> = {},
): Promise<EventStoreDbProcess> => {
  const file = join(__dirname, '..', '..', 'src', 'eventstoredb', 'serve.script.ts')
  const script = runScript(file, JSON.stringify(options))
  await script.printed(1)
  return {
    ...script,
    connectionString: script.lines[0] ?? '',
    arm: (...fault) => script.tell({ fault }),
  }
}
