import { topics } from '@novation/events'
import type { Bus, Delivery } from '@novation/platform'
import { now_ms } from '../measure'

/** One event as it came back on Kafka; what it says is read only where somebody asks. */
export interface Heard {
  readonly type: string
  readonly revision: number
  readonly commandId: string
  readonly correlationId: string
  /** When this process read it. */
  readonly at_ms: number
  readonly body: () => string
}

export type Listener = (events: readonly Heard[]) => void

export interface Feed {
  /** From now on, and until what it answers is called. */
  readonly listen: (listener: Listener) => () => void
  /** The last revision heard of. */
  readonly revision: () => number
  readonly stop: () => Promise<void>
}

const heardOf = ({ headers, value }: Delivery, at_ms: number): Heard => ({
  type: headers.ce_type ?? '',
  revision: Number(headers.ce_sequence),
  commandId: headers.ce_subject ?? '',
  correlationId: headers.ce_correlationid ?? '',
  at_ms,
  body: () => value.toString('utf8'),
})

/** Follows the pool's events on Kafka, as anybody outside would. */
export const openFeed = (bus: Bus, pool: string): Feed => {
  const listeners = new Set<Listener>()
  const stop = new AbortController()
  let revision = -1
  const reading = bus.subscribe(
    { topic: topics.events, group: `bench-${pool}`, from: 'beginning' },
    async (batch) => {
      const at_ms = now_ms()
      // What is published twice is heard once.
      const events = batch.map((delivery) => heardOf(delivery, at_ms)).filter((event) => event.revision > revision)
      revision = events.at(-1)?.revision ?? revision
      for (const listener of listeners) listener(events)
      return batch.length
    },
    stop.signal,
  )
  return {
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    revision: () => revision,
    stop: async () => {
      stop.abort()
      await reading
    },
  }
}
