import type { CommandType } from '../commands'
import type { EventType } from '../event-data'
import type { ProposalOf } from '../events'

/** What an event of one type says, the command it follows from, and, on a command's first event, how many it made. */
export type EventSamples<T extends EventType> = {
  readonly [K in T]: Pick<ProposalOf<K>, 'data' | 'postings'> & { readonly of: CommandType; readonly events?: number }
}
