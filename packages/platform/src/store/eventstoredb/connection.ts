import { EventStoreDBClient } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import { within } from './within'

/** The server cannot be reached: of what was asked, nothing was sent. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** A client that is known to reach the server, and another one where it no longer does. */
export interface Connection {
  /** The client, once the server has answered it. Throws `Unreachable`. */
  client(): Promise<EventStoreDBClient>
  /** Lets go of a client that does not answer any more; the next to ask gets a new one. */
  renew(client: EventStoreDBClient): void
  close(): Promise<void>
}

/** What the client keeps to itself and this house needs: that it has connected, and what it holds on to. */
interface Inside {
  readonly capabilities: Promise<unknown>
  getChannel(): Promise<{ close(): void }>
}

const inside = (client: EventStoreDBClient): Inside => client as unknown as Inside

/** How long a client may take to let go of its calls: one whose reader left early would take for ever. */
const farewell_ms = 1_000

export const openConnection = (connectionString: string, timeout_ms: number, scheduler: Scheduler): Connection => {
  let current: EventStoreDBClient | undefined
  // The next client begins only when the last one has ended, because what ends a client's call clears what the next
  // one's answers are waited for with (see shared-writing.ts).
  let farewell: Promise<void> = Promise.resolve()

  const letGo = async (client: EventStoreDBClient): Promise<void> => {
    const briefly = (work: Promise<unknown>) => within(scheduler, farewell_ms, work).catch(() => undefined)
    await briefly(client.dispose())
    await briefly(
      inside(client)
        .getChannel()
        .then((channel) => channel.close()),
    )
  }

  const renew = (client: EventStoreDBClient): void => {
    if (client !== current) return
    current = undefined
    farewell = letGo(client)
  }

  return {
    renew,
    client: async () => {
      await farewell
      current ??= EventStoreDBClient.connectionString(connectionString)
      const client = current
      try {
        // The first call of a cold connection may overtake others and gives no deadline: it is this one.
        await within(scheduler, timeout_ms, inside(client).capabilities)
      } catch (error) {
        renew(client)
        throw new Unreachable(error instanceof Error ? error.message : String(error))
      }
      return client
    },
    close: async () => {
      if (current !== undefined) renew(current)
      await farewell
    },
  }
}
