import type { EventStore, Scheduler } from '@novation/platform'
import type { Heads } from './heads'
import type { AskPast } from './moments/ask-past'

/** Everything that answers are made of. */
export interface Gateway {
  readonly heads: Heads
  readonly store: EventStore
  readonly scheduler: Scheduler
  readonly askPast: AskPast
}
