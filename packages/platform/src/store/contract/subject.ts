import type { EventStore } from '../event-store'

/** A store to be judged. It may hold other streams; the contract writes only to names nobody else has. */
export interface Subject {
  readonly store: EventStore
  /** Another door to the same history, as another process would open it. */
  another(): Promise<EventStore>
  close(): Promise<void>
}
