import { topics as names } from '@novation/events'
import {
  type Bus,
  type EventStore,
  type Health,
  type KafkaAccess,
  kafkaAccess,
  type Log,
  meshTopics,
  openKafkaBus,
  openMemoryBus,
  type Scheduler,
} from '@novation/platform'
import { serviceOfGroup } from './services'

export interface Where {
  readonly kafka: readonly string[] | undefined
  /** How Kafka is reached. */
  readonly access?: KafkaAccess
  readonly partitions: number
}

export interface Parts {
  readonly store: EventStore
  readonly bus: Bus
  readonly close: () => Promise<void>
}

const closing = (store: EventStore, bus: Bus) => async (): Promise<void> => {
  await bus.close()
  await store.close()
}

/** So many commands may wait for the ledger of this process: then standard input, and whoever else sends, waits too. */
const mostWaiting = 2_000

/** The real bus where it is named, else the embedded one: nothing in a service knows the difference. */
export const openParts = (where: Where, store: EventStore, log: Log, health: Health, scheduler: Scheduler): Parts => {
  const topics = meshTopics(where.partitions)
  const bus =
    where.kafka === undefined
      ? openMemoryBus({ topics, scheduler, waiting: { [names.commands]: mostWaiting } })
      : openKafkaBus({
          ...kafkaAccess(where.access ?? {}),
          brokers: where.kafka,
          clientId: 'novation',
          topics,
          logger: log,
          onActivity: ({ group }) => health.active(serviceOfGroup(group)),
        })
  return { store, bus, close: closing(store, bus) }
}
