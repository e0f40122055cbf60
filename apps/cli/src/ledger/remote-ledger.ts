import { type EventStore, Halted, HistoryGone, openEventStoreDb, StoreTrouble } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

const interrupted = new Failure({
  id: 'interrupted',
  exit: exitCodes.interrupted,
  what: 'interrupted while the EventStoreDB was waited for',
  remedy: 'the same command begins anew',
})

/** The connection string stays unsaid, since it may hold a password. What is no outage is said by who knows it. */
const unreadable = (error: unknown): Error => {
  if (error instanceof HistoryGone || error instanceof Failure) return error
  if (error instanceof Halted) return interrupted
  return new Failure({
    id: 'store-unavailable',
    exit: exitCodes.unavailable,
    what: 'the EventStoreDB cannot be read',
    why: error instanceof Error ? error.message : String(error),
    remedy:
      'check --eventstore, and that the server runs and lets you in (novation doctor says more), or --wait longer',
  })
}

/** All streams together are closed to plain users: only who does not know the pool has to look there. */
const notAllStreams = new Failure({
  id: 'all-streams-closed',
  exit: exitCodes.usage,
  what: 'which pool?',
  why: 'to find it, all streams must be read, and this user may not',
  remedy: 'name it with --pool',
})

const isForbidden = (error: unknown): boolean => error instanceof StoreTrouble && error.why === 'forbidden'

/** What the store throws is said in words; whatever its reader throws is the reader's own. */
async function* said<A>(items: AsyncIterable<A>, say = unreadable): AsyncIterable<A> {
  try {
    yield* items
  } catch (error) {
    throw say(error)
  }
}

/** Opens a ledger in EventStoreDB for reading; a server that is away is waited for that long. */
export const openRemoteLedger = (connectionString: string, wait_s: number, stop: AbortSignal): EventStore => {
  let store: EventStore
  try {
    store = openEventStoreDb(connectionString, { wait_ms: wait_s * 1000, stop })
  } catch (error) {
    throw unreadable(error)
  }
  return {
    ...store,
    read: (stream, from) => said(store.read(stream, from)),
    readAll: (prefix, position) =>
      said(store.readAll(prefix, position), (error) => (isForbidden(error) ? notAllStreams : unreadable(error))),
    last: async (stream) => {
      try {
        return await store.last(stream)
      } catch (error) {
        throw unreadable(error)
      }
    },
  }
}
