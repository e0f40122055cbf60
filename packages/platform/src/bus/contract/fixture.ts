import { randomUUID } from 'node:crypto'
import { isRight } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import type { BatchHandler, Bus, Delivery, Message, Subscription } from '../bus'
import { defaultMaxRecord_bytes, type TopicSpec } from '../topics'

/** A bus on a broker of which the test has the named topics to itself. */
export interface BusFixture {
  readonly bus: Bus
  /** A bus as another process would open it: the same records and commits, nothing else remembered. */
  another(): Promise<Bus>
  close(): Promise<void>
}

export type OpenBus = (topics: readonly TopicSpec[]) => Promise<BusFixture>

export interface Stage {
  readonly bus: Bus
  readonly topic: string
  another(): Promise<Bus>
}

/** Runs one scenario on a topic of its own, and takes everything down after it. */
export const onTopic =
  (open: OpenBus, partitions: number, scenario: (stage: Stage) => Promise<void>): (() => Promise<void>) =>
  async () => {
    const topic = `contract-${randomUUID()}`
    const fixture = await open([{ topic, partitions, maxRecord_bytes: defaultMaxRecord_bytes }])
    try {
      await scenario({ bus: fixture.bus, topic, another: () => fixture.another() })
    } finally {
      await fixture.close()
    }
  }

export const message = (key: string, value: string | Buffer, headers: Record<string, string> = {}): Message => ({
  key,
  value,
  headers,
})

/** Messages `from` to before `to`, over `keys` keys in turn; the value is the number. */
export const numbered = (from: number, to: number, keys = 1): NonEmptyArray<Message> => {
  const one = (n: number) => message(`key-${n % keys}`, String(n))
  return [one(from), ...Array.from({ length: to - from - 1 }, (_, i) => one(from + 1 + i))]
}

export const published = async (bus: Bus, topic: string, messages: NonEmptyArray<Message>): Promise<void> => {
  const outcome = await bus.publish(topic, messages)()
  if (!isRight(outcome)) throw new Error(`not published: ${JSON.stringify(outcome.left)}`)
}

/** Settles when `holds` does; fails when that takes so long that nobody would still wait. */
export const eventually = async (holds: () => boolean, what: string, limit_ms = 30_000): Promise<void> => {
  const end = Date.now() + limit_ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`waited ${limit_ms} ms in vain: ${what}`)
    await pause(5)
  }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Reader {
  /** Every record a handler was given, in the order of the calls, those given again included. */
  readonly deliveries: readonly Delivery[]
  readonly batches: readonly NonEmptyArray<Delivery>[]
  /** The values as text. */
  values(): readonly string[]
  /** Settles when so many records were handled. */
  has(count: number): Promise<void>
  /** What the subscription's promise came to. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** No test of a bus hands out so many batches: whoever is given more is given the same again and again. */
const batchLimit = 5_000

/** Subscribes and writes down what comes; by default every record is done with. */
export const read = (
  bus: Bus,
  subscription: Subscription,
  handler: BatchHandler = async (batch) => batch.length,
): Reader => {
  const controller = new AbortController()
  const deliveries: Delivery[] = []
  const batches: NonEmptyArray<Delivery>[] = []
  let failure: unknown
  const ended = bus.subscribe(
    subscription,
    async (batch) => {
      if (batches.length >= batchLimit) throw new Error(`${subscription.group} was handed ${batchLimit} batches`)
      const done = await handler(batch)
      deliveries.push(...batch)
      batches.push(batch)
      return done
    },
    controller.signal,
  )
  void ended.catch((error: unknown) => {
    failure = error
  })
  return {
    deliveries,
    batches,
    values: () => deliveries.map(({ value }) => value.toString()),
    has: (count) =>
      eventually(() => {
        if (failure !== undefined) throw failure
        return deliveries.length >= count
      }, `${count} records for ${subscription.group}`),
    ended,
    stop() {
      controller.abort()
      return ended
    },
  }
}

export const group = (topic: string, name: string, from: Subscription['from'] = 'beginning'): Subscription => ({
  topic,
  group: `${topic}-${name}`,
  from,
})

/** Numbers as text, `from` to before `to`. */
export const range = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, i) => String(from + i))
