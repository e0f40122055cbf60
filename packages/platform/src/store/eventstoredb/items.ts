import type { EventStoreDBClient } from '@eventstore/db-client'
import type { Scheduler } from '../../time/scheduler'
import type { Call, Item } from './source'
import { Closing, Late, within } from './within'

export interface Patience {
  readonly scheduler: Scheduler
  /** How long a first sign of life may take, and of a reading also every further item. */
  readonly timeout_ms: number
  /** Ends the call: the reader is told `closing`, at whatever item it waits for. */
  readonly signal: AbortSignal
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
  const { stream, taken, answers, cancel } = call(client, done.signal)
  // An error that comes after the reader has left has nobody to go to.
  stream.on('error', () => undefined)
  const destroy = (error: Error): void => {
    if (!done.signal.aborted) stream.destroy(error)
  }
  const close = () => destroy(new Closing())
  signal.addEventListener('abort', close)
  if (signal.aborted) close()

  let [waitingSince, isWaiting] = [scheduler.now(), true]
  /** A reading has something to say until it ends: silence is a way to it that broke. */
  const watch = async (): Promise<void> => {
    while (!done.signal.aborted) {
      const left = isWaiting ? waitingSince + timeout_ms - scheduler.now() : timeout_ms
      if (left <= 0) return destroy(new Late(`the server was silent for ${timeout_ms} ms`))
      await scheduler.sleep(left, done.signal)
    }
  }
  /** A subscription may be silent for ever; that its way is whole, only another call can tell. */
  const pulse = async (): Promise<void> => {
    await taken
    while (!done.signal.aborted) {
      await scheduler.sleep(timeout_ms / 2, done.signal)
      if (!done.signal.aborted) await within(scheduler, timeout_ms / 2, answers())
    }
  }
  if (taken === undefined) void watch()
  else void within(scheduler, timeout_ms, taken).then(pulse).catch(destroy)

  try {
    for await (const item of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Item>) {
      isWaiting = false
      yield item
      ;[waitingSince, isWaiting] = [scheduler.now(), true]
    }
  } finally {
    done.abort()
    signal.removeEventListener('abort', close)
    void cancel().catch(() => undefined)
    stream.resume()
  }
}
