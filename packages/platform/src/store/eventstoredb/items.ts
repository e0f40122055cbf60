import type { EventStoreDBClient } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import type { Call, Item } from './source'
import { Late, within } from './within'

export interface Patience {
  readonly scheduler: Scheduler
  /** How long a first sign of life may take, and of a reading also every further item. */
  readonly timeout_ms: number
  /** Ends the call: the reader is told `closing`, at whatever item it waits for. */
  readonly signal: AbortSignal
}

/** The reader was ended by its own side. */
export class Closing extends Error {
  override readonly name = 'Closing'
}

/**
 * What a call answers, item by item, however it ends. A reader that leaves early cancels the call and lets the rest run
 * out: the client waits for ever for a call that was answered and not read to its end.
 */
export async function* items(
  client: EventStoreDBClient,
  call: Call,
  { scheduler, timeout_ms, signal }: Patience,
): AsyncIterable<Item> {
  const done = new AbortController()
  const { stream, taken, cancel } = call(client, done.signal)
  // An error that comes after the reader has left has nobody to go to.
  stream.on('error', () => undefined)
  const close = () => stream.destroy(new Closing('the store is closed'))
  signal.addEventListener('abort', close)
  if (signal.aborted) close()

  let [count, isWaiting] = [0, true]
  const watch = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const before = count
      await scheduler.sleep(timeout_ms, done.signal)
      const isSilent = isWaiting && count === before && !done.signal.aborted
      if (isSilent) stream.destroy(new Late(`the server was silent for ${timeout_ms} ms`))
    }
  }
  if (taken === undefined) void watch()
  else within(scheduler, timeout_ms, taken).catch((error: Error) => done.signal.aborted || stream.destroy(error))

  try {
    for await (const item of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Item>) {
      count += 1
      isWaiting = false
      yield item
      isWaiting = true
    }
  } finally {
    done.abort()
    signal.removeEventListener('abort', close)
    cancel().catch(() => undefined)
    stream.resume()
  }
}
