import { type EventStore, openEventStoreDb } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

/** The connection string stays unsaid, since it may hold a password. */
const unreadable = (error: unknown): Failure =>
  new Failure({
    id: 'store-unavailable',
    exit: exitCodes.unavailable,
    what: 'the EventStoreDB cannot be read',
    why: error instanceof Error ? error.message : String(error),
    remedy: 'check --eventstore, and that the server runs and lets you in',
  })

/** What the store throws is said in words; whatever its reader throws is the reader's own. */
async function* said<A>(items: AsyncIterable<A>): AsyncIterable<A> {
  try {
    yield* items
  } catch (error) {
    throw unreadable(error)
  }
}

/** Opens a ledger in EventStoreDB for reading. */
export const openRemoteLedger = (connectionString: string): EventStore => {
  let store: EventStore
  try {
    store = openEventStoreDb(connectionString)
  } catch (error) {
    throw unreadable(error)
  }
  return {
    ...store,
    read: (stream, from) => said(store.read(stream, from)),
    readAll: (prefix, position) => said(store.readAll(prefix, position)),
    last: async (stream) => {
      try {
        return await store.last(stream)
      } catch (error) {
        throw unreadable(error)
      }
    },
  }
}
