import type { EventType, LedgerEvent } from '@novation/events'
import { isAbout } from '../explain/involved'

/** Which events are asked for: of one of these types and about one of these accounts; an empty list leaves none out. */
export interface EventFilter {
  readonly types: readonly EventType[]
  readonly accounts: readonly string[]
}

/** Whether an event is of a type and about an account that is asked for; `insurance` and other books of the house are named as they are posted to. */
export const fits =
  ({ types, accounts }: EventFilter) =>
  (event: LedgerEvent): boolean =>
    (types.length === 0 || types.includes(event.type)) &&
    (accounts.length === 0 ||
      accounts.some((name) => isAbout(event, name) || event.postings.some(({ account }) => account === name)))
