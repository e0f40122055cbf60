import { type Either, left, right } from 'fp-ts/Either'
import type { Scheduler } from '../../time/scheduler'
import { defaultMaxBatch, defaultPause_ms, handle, refuseOversize } from '../batch'
import type { BatchHandler, Bus, Message, PublishError, Subscription } from '../bus'
import { partitionOf } from '../partition'
import type { TopicSpec } from '../topics'
import { type Group, openGroup } from './group'
import { openPartitionLog, type PartitionLog } from './partition-log'

export interface MemoryBusOptions {
  /** Other topics are not there: nothing creates one by the way. */
  readonly topics: readonly TopicSpec[]
  readonly scheduler: Scheduler
  readonly maxBatch?: number
  /** How long a partition rests when its handler left something undone. */
  readonly pause_ms?: number
  /** So many of the newest records of a partition are kept for groups yet to come; what a group still wants is kept. */
  readonly retain?: number
  /** By topic, how many records of a partition may wait for a group that reads it: whoever publishes more waits too. */
  readonly waiting?: Readonly<Record<string, number>>
}

interface Topic extends TopicSpec {
  readonly logs: readonly PartitionLog[]
  readonly groups: Map<string, Group>
}

const openTopic = (spec: TopicSpec): Topic => ({
  ...spec,
  logs: Array.from({ length: spec.partitions }, (_, partition) => openPartitionLog(spec.topic, partition)),
  groups: new Map(),
})

/** Forgets old records that every group has done with, in strides, so that a record is moved once or twice in its life. */
const trim = ({ logs, groups }: Topic, retain: number): void =>
  logs.forEach((log, partition) => {
    if (log.end() - log.start() <= 2 * retain) return
    const wanted = [...groups.values()].map((group) => group.wants(partition))
    log.dropBefore(Math.min(log.end() - retain, ...wanted))
  })

/**
 * The bus within one process, as strict as Kafka: partitions by key, groups with committed offsets, what was not done
 * comes again. It lives as long as the process; the store, not the bus, is what lasts.
 */
export const openMemoryBus = ({
  scheduler,
  maxBatch = defaultMaxBatch,
  pause_ms = defaultPause_ms,
  retain = 10_000,
  waiting = {},
  ...options
}: MemoryBusOptions): Bus => {
  const topics = new Map(options.topics.map((spec) => [spec.topic, openTopic(spec)]))
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  /** Whoever waits until a group has done with something. */
  const publishers: (() => void)[] = []
  const letOn = (): void => {
    for (const goOn of publishers.splice(0)) goOn()
  }
  closing.signal.addEventListener('abort', letOn)

  const hasRoom = (name: string, messages: readonly Message[]): boolean => {
    const [most, topic] = [waiting[name], topics.get(name)]
    if (most === undefined || topic === undefined || closing.signal.aborted) return true
    return messages.every(({ key }) => {
      const partition = partitionOf(key, topic.partitions)
      return [...topic.groups.values()].every((group) => group.behind(partition) < most)
    })
  }

  const publish = (name: string, messages: readonly Message[]): Either<PublishError, void> => {
    if (closing.signal.aborted) return left({ tag: 'unavailable', reason: 'the bus is closed' })
    const topic = topics.get(name)
    if (topic === undefined) return left({ tag: 'unavailable', reason: `there is no topic ${name}` })
    const refused = refuseOversize(name, messages, topic.maxRecord_bytes)
    if (refused !== undefined) return left(refused)
    for (const message of messages)
      topic.logs[partitionOf(message.key, topic.partitions)]?.append(message, scheduler.now())
    trim(topic, retain)
    for (const group of topic.groups.values()) group.wake()
    return right(undefined)
  }

  const groupOf = (topic: Topic, name: string): Group => {
    const elsewhere = [...topics.values()].find((each) => each !== topic && each.groups.has(name))
    if (elsewhere !== undefined) throw new Error(`group ${name} reads ${elsewhere.topic}; a group reads one topic`)
    const group = topic.groups.get(name) ?? openGroup(topic.logs, scheduler, pause_ms)
    topic.groups.set(name, group)
    return group
  }

  const consume = async (subscription: Subscription, handler: BatchHandler, signal: AbortSignal): Promise<void> => {
    const topic = topics.get(subscription.topic)
    if (topic === undefined) throw new Error(`there is no topic ${subscription.topic}`)
    if (signal.aborted) return
    const member = groupOf(topic, subscription.group).join(subscription.from)
    signal.addEventListener('abort', member.wake)
    try {
      while (!signal.aborted) {
        const batch = member.take(maxBatch)
        if (batch === undefined) {
          await member.change()
          continue
        }
        let done = 0
        try {
          done = await handle(handler, batch)
        } finally {
          member.settle(batch, done)
          letOn()
        }
      }
    } finally {
      signal.removeEventListener('abort', member.wake)
      member.leave()
      letOn()
    }
  }

  return {
    publish: (topic, messages) => async () => {
      while (!hasRoom(topic, messages)) await new Promise<void>((resolve) => publishers.push(resolve))
      return publish(topic, messages)
    },
    subscribe(subscription, handler, signal) {
      const consumer = consume(subscription, handler, AbortSignal.any([signal, closing.signal]))
      running.add(consumer)
      return consumer.finally(() => running.delete(consumer))
    },
    async close() {
      closing.abort()
      await Promise.allSettled(running)
    },
  }
}
