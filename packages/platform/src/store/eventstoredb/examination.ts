import type { EventStoreDBClient, StreamMetadata } from '@eventstore/db-client'
import { type Scheduler, systemScheduler } from '../../time/scheduler'
import type { RecordedEvent } from '../event-store'
import { HistoryGone } from '../history-gone'
import { paced } from './clients'
import { openConnection } from './connection'
import { readConnectionString, type Told } from './connection-string'
import { commandError, reasonOf } from './failures'
import { tombstoned, whyHidden } from './hidden'
import { knock } from './knock'
import { recordedEvent } from './recorded-event'
import { mayReadAll, rightsTo, type Verdict, visit } from './rights'
import { within } from './within'

/** One thing looked at: how it is, and what to do where it is not well. */
export interface Finding {
  readonly what: string
  /** `note`: as it must be known, and not as it must be. */
  readonly state: 'ok' | 'note' | 'wrong' | 'unavailable'
  readonly says: string
}

export interface ExaminationOptions {
  readonly pools: readonly string[]
  /** Sets what keeps plain users from deleting ledgers; only an administrator may. */
  readonly protect?: boolean
  /** Takes out of the ledgers' metadata what hides their events; only an administrator may. */
  readonly bringBack?: boolean
  readonly timeout_ms?: number
  readonly scheduler?: Scheduler
}

const what = 'EventStoreDB'
/** Where the examination itself writes, to see that the server takes it. */
const own = 'novation-doctor'
const ledgerOf = (pool: string): string => `ledger-${pool}`
const relayOf = (pool: string): string => `relay-${pool}`

/** A relay reads only where it stopped; a few places more are kept for whoever wonders. */
const relayPlaces = 10

/** The server as it is met at the door. Nothing where it is well, and what is wrong with it. */
const atTheDoor = async (told: Told, timeout_ms: number): Promise<readonly Finding[]> => {
  const answer = await knock(told, timeout_ms)
  if (answer.tag === 'away') return [{ what, state: 'unavailable', says: answer.reason }]
  if (answer.tag === 'wrong') return [{ what, state: 'wrong', says: answer.says }]
  if (!told.isTls)
    return [
      { what: 'TLS', state: 'note', says: 'off: whoever reaches the server may read, write and delete everything' },
    ]
  const until = answer.holdsUntil?.toISOString().slice(0, 10)
  return [{ what: 'TLS', state: 'ok', says: `on, as ${told.user ?? 'nobody'}; the certificate holds until ${until}` }]
}

/** A client for a few questions, gone when they are answered. */
const whileConnected = async <A>(
  connectionString: string,
  timeout_ms: number,
  scheduler: Scheduler,
  work: (client: EventStoreDBClient) => Promise<A>,
): Promise<A> => {
  const connection = openConnection(paced(connectionString, scheduler), timeout_ms, scheduler)
  try {
    return await within(scheduler, 6 * timeout_ms, work(await connection.client(new AbortController().signal)))
  } finally {
    await connection.close()
  }
}

const needed = (name: string, verdict: Verdict, cure: string): Finding => {
  if (verdict.tag === 'may') return { what: name, state: 'ok', says: 'allowed' }
  if (verdict.tag === 'unknown') return { what: name, state: 'unavailable', says: verdict.reason }
  return { what: name, state: 'wrong', says: `${verdict.reason}; ${cure}` }
}

/** A ledger that its own writer may delete is one mistake away from being gone. */
const guarded = async (client: EventStoreDBClient, stream: string, { isTls, user }: Told): Promise<Finding> => {
  const name = `${stream}, against deletion and truncation`
  if (!isTls)
    return { what: name, state: 'note', says: 'unprotected: without TLS nobody is known, and rights say nothing' }
  const rights = rightsTo(client, stream)
  const [deletes, cuts] = [await rights.delete(), await rights.setMetadata()]
  if (deletes.tag === 'may-not' && cuts.tag === 'may-not') return { what: name, state: 'ok', says: 'protected' }
  if (user === 'admin')
    return { what: name, state: 'note', says: 'this is an administrator, who may do all: let services be another user' }
  const says = `${user ?? 'anybody'} may delete or cut it; as an administrator: novation doctor --eventstore=URL --protect`
  return { what: name, state: 'wrong', says }
}

/** The first event that is shown of a stream, whatever its revision. */
const firstOf = async (client: EventStoreDBClient, stream: string): Promise<RecordedEvent | undefined> => {
  try {
    for await (const { event } of client.readStream(stream, { maxCount: 1, requiresLeader: true }))
      if (event !== undefined) return recordedEvent(event)
  } catch (error) {
    const type = commandError(error)?.type
    if (type === 'stream-deleted') throw tombstoned(stream)
    if (type !== 'stream-not-found') throw error
  }
  return undefined
}

/** Whether all of a ledger is shown, and will be. */
const shown = async (client: EventStoreDBClient, stream: string): Promise<Finding> => {
  const name = `${stream}, its history`
  try {
    const first = await firstOf(client, stream)
    const why = first?.revision === 0 ? undefined : await whyHidden(client, stream, first)
    if (why !== undefined) throw why
    const { metadata = {} } = await client.getStreamMetadata(stream, { requiresLeader: true })
    const limit = metadata.maxCount !== undefined ? '$maxCount' : metadata.maxAge !== undefined ? '$maxAge' : undefined
    if (limit === undefined) return { what: name, state: 'ok', says: 'nothing hides any of it' }
    const says = `${limit} will hide its first events as it grows; as an administrator: novation doctor --eventstore=URL --bring-back`
    return { what: name, state: 'wrong', says }
  } catch (error) {
    const says = error instanceof HistoryGone ? `${error.message}: ${error.remedy}` : reasonOf(error)
    return { what: name, state: 'wrong', says }
  }
}

/** A deletion stands in the metadata as a number that this program cannot write again as it was. */
const isDeleted = ({ truncateBefore }: StreamMetadata): boolean => Number(truncateBefore ?? 0) > Number.MAX_SAFE_INTEGER

const change = async (client: EventStoreDBClient, { pools, protect, bringBack }: ExaminationOptions): Promise<void> => {
  const acl = { deleteRoles: ['$admins'], metaWriteRoles: ['$admins'] }
  for (const pool of pools) {
    const { metadata = {} } = await client.getStreamMetadata(ledgerOf(pool), { requiresLeader: true })
    const { truncateBefore, maxCount, maxAge, ...kept } = metadata
    if (isDeleted(metadata) && !bringBack) continue
    const whole = bringBack ? kept : metadata
    const own = typeof metadata.acl === 'object' ? metadata.acl : {}
    await client.setStreamMetadata(ledgerOf(pool), protect ? { ...whole, acl: { ...own, ...acl } } : whole)
    if (protect) await client.setStreamMetadata(relayOf(pool), { acl, maxCount: relayPlaces })
  }
}

/**
 * Everything about a server that keeps the mesh from running on it, or a ledger from being safe there. Writes one
 * event to a stream of its own, and else nothing but the metadata that `protect` and `bringBack` ask for.
 */
export const examineEventStoreDb = async (
  connectionString: string,
  options: ExaminationOptions,
): Promise<readonly Finding[]> => {
  const { pools, timeout_ms = 3_000, scheduler = systemScheduler } = options
  const told = readConnectionString(connectionString)
  if (told._tag === 'Left') return [{ what, state: 'wrong', says: `the connection string: ${told.left}` }]
  const door = await atTheDoor(told.right, timeout_ms)
  if (door.some(({ state }) => state === 'wrong' || state === 'unavailable')) return door
  try {
    return await whileConnected(connectionString, timeout_ms, scheduler, async (client) => {
      if (options.protect || options.bringBack) await change(client, options)
      const all = await mayReadAll(client)
      const findings: Finding[] = [
        { what, state: 'ok', says: 'answers' },
        ...door,
        needed(`writing to ${own}, and reading it back`, await visit(client, own), 'nothing can be written here'),
        all.tag === 'may'
          ? { what: 'reading all streams', state: 'ok', says: 'allowed' }
          : {
              what: 'reading all streams',
              state: 'note',
              says: 'not allowed: name the pool with --pool to commands that read',
            },
      ]
      for (const pool of pools) {
        for (const stream of [ledgerOf(pool), relayOf(pool)]) {
          const rights = rightsTo(client, stream)
          findings.push(needed(`reading ${stream}`, await rights.read(), 'services cannot begin without it'))
          findings.push(needed(`writing ${stream}`, await rights.write(), 'the ledger cannot write without it'))
        }
        findings.push(await guarded(client, ledgerOf(pool), told.right), await shown(client, ledgerOf(pool)))
      }
      return findings
    })
  } catch (error) {
    return [...door, { what, state: 'unavailable', says: reasonOf(error) }]
  }
}

/** What keeps services from beginning, though the server is there: nothing where they may, or where it is away. */
export const whyNotToBegin = async (
  connectionString: string,
  pools: readonly string[],
  writes: boolean,
  timeout_ms = 3_000,
): Promise<Finding | undefined> => {
  const told = readConnectionString(connectionString)
  if (told._tag === 'Left') return { what, state: 'wrong', says: `the connection string: ${told.left}` }
  const door = await atTheDoor(told.right, timeout_ms)
  const [first] = door
  if (first?.state === 'wrong') return first
  if (first?.state === 'unavailable') return undefined
  try {
    return await whileConnected(connectionString, timeout_ms, systemScheduler, async (client) => {
      for (const pool of pools) {
        const rights = rightsTo(client, ledgerOf(pool))
        const found = [
          needed(`reading ${ledgerOf(pool)}`, await rights.read(), 'services cannot begin without it'),
          ...(writes ? [needed(`writing ${ledgerOf(pool)}`, await rights.write(), 'the ledger cannot write')] : []),
        ]
        const refused = found.find(({ state }) => state === 'wrong')
        if (refused !== undefined) return refused
      }
      return undefined
    })
  } catch {
    // It was there a moment ago, and services wait for it as long as it takes.
    return undefined
  }
}
