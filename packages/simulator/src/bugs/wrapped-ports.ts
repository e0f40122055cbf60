import { idOf, topics } from '@novation/events'
import type { Bus, EventStore, Scheduler } from '@novation/platform'
import { right } from 'fp-ts/Either'
import { type Parts, parts } from '../mesh/parts'

const onStore = (store: Parts['store']): Parts => ({ ...parts, store })
const onBus = (bus: Parts['bus']): Parts => ({ ...parts, bus })

const isLedgerStream = (stream: string): boolean => stream.startsWith('ledger-')

/** Answers a publish at once, and sends it a little later. */
const publishLater = (bus: Bus, scheduler: Scheduler, topic: string): Bus => ({
  ...bus,
  publish: (to, messages) =>
    to !== topic
      ? bus.publish(to, messages)
      : async () => {
          void scheduler
            .sleep(50)
            .then(bus.publish(to, messages))
            .then(() => undefined)
          return right(undefined)
        },
})

/** The append is answered before it is made. */
export const acknowledgedBeforeAppended = onStore((_, store, scheduler) => ({
  ...store,
  append: (stream, events, expected) =>
    isLedgerStream(stream)
      ? async () => {
          void scheduler
            .sleep(20)
            .then(store.append(stream, events, expected))
            .then(() => undefined)
          return right(expected + events.length)
        }
      : store.append(stream, events, expected),
}))

/** A conflict is taken for a success, whoever wrote. */
export const conflictIgnored = onStore((_, store) => ({
  ...store,
  append: (stream, events, expected) => async () => {
    const outcome = await store.append(stream, events, expected)()
    const isConflict = outcome._tag === 'Left' && outcome.left.tag === 'conflict'
    return isConflict && isLedgerStream(stream) ? right(expected + events.length) : outcome
  },
}))

/** A relay that was fenced moves the checkpoint all the same. */
export const relayWithoutFence = onStore((_, store) => {
  const append: EventStore['append'] = (stream, events, expected) => async () => {
    const outcome = await store.append(stream, events, expected)()
    if (isLedgerStream(stream) || outcome._tag === 'Right' || outcome.left.tag !== 'conflict') return outcome
    const { actual } = outcome.left
    const [event] = events
    const moved = { ...event, revision: actual + 1, id: idOf('unfenced', event.id, String(actual)) }
    const again = await append(stream, [moved], actual)()
    return again._tag === 'Right' ? right(expected + 1) : again
  }
  return { ...store, append }
})

export const checkpointBeforePublished = onBus((service, bus, scheduler) =>
  service === 'ledger' ? publishLater(bus, scheduler, topics.events) : bus,
)

export const askedBeforeAcknowledged = onBus((service, bus, scheduler) =>
  service === 'ledger' ? bus : publishLater(bus, scheduler, topics.commands),
)

/** What a service reads is committed before it has done anything about it. */
const committedAtOnce = (of: string): Parts =>
  onBus((service, bus) => ({
    ...bus,
    subscribe: (subscription, handler, signal) =>
      service !== of
        ? bus.subscribe(subscription, handler, signal)
        : bus.subscribe(
            subscription,
            async (batch) => {
              void handler(batch)
              return batch.length
            },
            signal,
          ),
  }))

/** The offset of a command is committed before its outcome is durable. */
export const committedBeforeAppended = committedAtOnce('ledger')

/** The offset of a quote is committed before what carries it is on the bus. */
export const committedBeforeCarried = committedAtOnce('oracle')

export const deadLettersDropped = onBus((_, bus) => ({
  ...bus,
  publish: (topic, messages) =>
    topic === topics.deadLetters ? async () => right(undefined) : bus.publish(topic, messages),
}))

/** Of several events the first is not published. */
export const eventSkipped = onBus((service, bus) => ({
  ...bus,
  publish: (topic, messages) => {
    const [, second, ...rest] = messages
    return service === 'ledger' && topic === topics.events && second !== undefined
      ? bus.publish(topic, [second, ...rest])
      : bus.publish(topic, messages)
  },
}))
