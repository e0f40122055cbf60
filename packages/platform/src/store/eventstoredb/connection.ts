import type { EventStoreDBClient } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import type { OpenClient } from './clients'
import { Closing, within } from './within'

/** The server cannot be reached: of what was asked, nothing was sent. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** A client that is known to reach the server, and another one where it no longer does. */
export interface Connection {
  /** The client, once the server has answered it. Throws `Unreachable`, and `Closing` once `signal` is aborted. */
  client(signal: AbortSignal): Promise<EventStoreDBClient>
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

/** `isOrderly`: the next client begins only when the last one has ended. */
export const openConnection = (
  open: OpenClient,
  timeout_ms: number,
  scheduler: Scheduler,
  isOrderly = false,
): Connection => {
  const closed = new AbortController()
  let opening: Promise<EventStoreDBClient> | undefined
  let current: EventStoreDBClient | undefined
  let farewell: Promise<unknown> = Promise.resolve()

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
    opening = undefined
    current = undefined
    farewell = Promise.all([farewell, letGo(client)])
  }

  const begin = async (): Promise<EventStoreDBClient> => {
    current = await open(closed.signal)
    return current
  }

  return {
    renew,
    client: async (signal) => {
      if (isOrderly) await farewell
      if (closed.signal.aborted) throw new Closing()
      opening ??= begin()
      const client = await opening
      try {
        // The first call of a cold connection may overtake others and gives no deadline: it is this one.
        await within(scheduler, timeout_ms, inside(client).capabilities, signal)
      } catch (error) {
        if (error instanceof Closing) throw error
        renew(client)
        throw new Unreachable(error instanceof Error ? error.message : String(error))
      }
      return client
    },
    close: async () => {
      closed.abort()
      await opening?.catch(() => undefined)
      if (current !== undefined) renew(current)
      await farewell
    },
  }
}
