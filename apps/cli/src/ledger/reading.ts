import { decodeEvent, type LedgerEvent, streamOf, wholeNumber } from '@novation/events'
import { type EventStore, Halted, type RecordedEvent } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { type StoreSaid, storeFlags, storeUrlOf } from '../settings/access'
import { defaulted, optional } from '../settings/flag'
import { PathText, Text } from '../settings/texts'
import type { World } from '../world'
import { openLedger } from './open-ledger'
import { poolOf } from './pool-of'
import { openRemoteLedger } from './remote-ledger'

/** Which ledger to read: a folder, or in its place a real EventStoreDB. */
export const whichLedger = {
  ledger: optional('DIR', PathText, 'the folder of the ledger'),
  eventstore: optional('URL', Text, 'in place of a folder, the connection string of an EventStoreDB'),
  ...storeFlags,
  pool: optional('NAME', Text, 'the pool, where the ledger holds several'),
  wait: defaulted('SECONDS', wholeNumber(0, 86_400), '30', 'how long to wait for an EventStoreDB that is away'),
}

export interface Which extends StoreSaid {
  readonly ledger: string | undefined
  readonly pool: string | undefined
  readonly wait: number
}

const notNamed = new Failure({
  id: 'usage',
  exit: exitCodes.usage,
  what: 'which ledger?',
  remedy: 'name its folder with --ledger, or an EventStoreDB with --eventstore',
})

const emptyLedger = new Failure({
  id: 'no-events',
  exit: exitCodes.failed,
  what: 'there is no event in this ledger, or none of that pool',
  remedy: 'check --ledger and --pool',
})

const openWhich = (which: Which, stop: AbortSignal): EventStore => {
  const { ledger, wait } = which
  const eventstore = storeUrlOf(which)
  if (eventstore !== undefined) return openRemoteLedger(eventstore, wait, stop)
  if (ledger !== undefined) return openLedger(ledger)
  throw notNamed
}

/** Opens a ledger for reading, finds its pool, and closes it again however the work ends. */
export const whileReading = async <A>(
  which: Which,
  { interrupted }: World,
  work: (store: EventStore, pool: string) => Promise<A>,
): Promise<A> => {
  const store = openWhich(which, interrupted)
  try {
    const pool = which.pool ?? (await poolOf(store))
    if (pool === undefined || (await store.last(streamOf(pool))) === undefined) throw emptyLedger
    return await work(store, pool)
  } finally {
    await store.close()
  }
}

/** The event as today's program understands it; what it does not understand stops the reading. */
export const understood = (recorded: RecordedEvent): LedgerEvent => {
  const event = decodeEvent(recorded)
  if (event._tag === 'Left') throw new Halted('broken-history', event.left)
  return event.right
}
