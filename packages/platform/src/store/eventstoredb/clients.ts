import { EventStoreDBClient } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import { decodeAtOnce } from './base64'

/** Opens clients of one server, each with a connection of its own. */
export type OpenClient = (signal: AbortSignal) => Promise<EventStoreDBClient>

/** What the client waits for an answer to its keep-alive where nobody says otherwise. */
const keepAliveTimeout_ms = 10_000

/** So many differ; by then the first has long been let go. */
const differences = 5_000

// The pool of connections that this must keep away from is one for the whole process, and so is this count.
let opened = 0

/**
 * The same server by options of its own: grpc gives clients of equal options one connection between them, and a new one
 * the dead connection of the last. A millisecond more of patience makes all the difference.
 */
export const distinct = (connectionString: string): string => {
  opened = (opened + 1) % differences
  const [, given] = /[?&]keepAliveTimeout=(\d+)/i.exec(connectionString) ?? []
  const rest = connectionString.replace(/([?&])keepAliveTimeout=\d+&?/i, '$1').replace(/[?&]$/, '')
  const sign = rest.includes('?') ? '&' : '?'
  return `${rest}${sign}keepAliveTimeout=${Number(given ?? keepAliveTimeout_ms) + opened}`
}

/** A few at once, and then so often: whatever goes wrong, a server that comes back is not met by a storm. */
const atOnce = 3
const spacing_ms = 200

export const paced = (connectionString: string, scheduler: Scheduler): OpenClient => {
  /** When the next few may be opened, at the earliest. */
  let free_at = Number.NEGATIVE_INFINITY
  decodeAtOnce()
  return async (signal) => {
    const now = scheduler.now()
    free_at = Math.max(free_at + spacing_ms, now - atOnce * spacing_ms)
    if (free_at > now) await scheduler.sleep(free_at - now, signal)
    return EventStoreDBClient.connectionString(distinct(connectionString))
  }
}
