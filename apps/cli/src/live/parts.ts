import {
  type Bus,
  type EventStore,
  type Health,
  type Log,
  meshTopics,
  openEventStoreDb,
  openKafkaBus,
  openMemoryBus,
  type Scheduler,
} from '@novation/platform'
import { createLedger } from '../ledger/open-ledger'
import { serviceOfGroup } from './services'

export interface Where {
  readonly kafka: readonly string[] | undefined
  readonly eventstore: string | undefined
  readonly partitions: number
  readonly ledger: string
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

/** The real parts where both are named, else the embedded ones: nothing in a service knows the difference. */
export const openParts = (where: Where, log: Log, health: Health, scheduler: Scheduler): Parts => {
  const topics = meshTopics(where.partitions)
  const store =
    where.eventstore === undefined ? createLedger(where.ledger) : openEventStoreDb(where.eventstore, { scheduler })
  const bus =
    where.kafka === undefined
      ? openMemoryBus({ topics, scheduler })
      : openKafkaBus({
          brokers: where.kafka,
          clientId: 'novation',
          topics,
          logger: log,
          onActivity: ({ group }) => health.active(serviceOfGroup(group)),
        })
  return { store, bus, close: closing(store, bus) }
}
