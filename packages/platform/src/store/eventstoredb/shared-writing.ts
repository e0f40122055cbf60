import type { Scheduler } from '../../time/scheduler'
import type { OpenClient } from './clients'
import { type Connection, openConnection } from './connection'

const shared = new Map<string, { readonly connection: Connection; users: number }>()

/**
 * The connection that everybody in this process writes through, who writes to the same server. The client keeps the
 * answers that all its appends wait for in one table, and clears it when one call fails: an answer that comes by
 * another call then finds nobody, and the client throws where nobody can catch it. On one call, all fail together; and the
 * next client begins only when the last one has ended, because what ends its call clears the table too.
 */
export const shareWriting = (
  connectionString: string,
  open: OpenClient,
  timeout_ms: number,
  scheduler: Scheduler,
): Connection => {
  const known = shared.get(connectionString)
  const entry = known ?? { connection: openConnection(open, timeout_ms, scheduler, true), users: 0 }
  shared.set(connectionString, entry)
  entry.users += 1
  let isClosed = false
  return {
    ...entry.connection,
    close: async () => {
      if (isClosed) return
      isClosed = true
      entry.users -= 1
      if (entry.users > 0) return
      shared.delete(connectionString)
      await entry.connection.close()
    },
  }
}
