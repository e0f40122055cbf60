import { type EventData, type JSONEventType, jsonEvent } from '@eventstore/db-client'
import { saidBy } from '@novation/events'
import type { StoredEvent } from '../event-store'

type Fields = Readonly<Record<string, unknown>>

/** Keys in byte order, as the canonical JSON has them; what is below keeps the order it was written in. */
const inOrder = (fields: Fields): string =>
  JSON.stringify(Object.fromEntries(Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1))))

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The hash stands with the metadata, where it belongs in the whole event; the type stands beside both. */
const bodyOf = (type: string, { ...data }: Fields, { hash, ...metadata }: Fields): string =>
  inOrder({ ...data, metadata, type })

/** Any other event: taken apart, and put together again to see that it can be. */
const takenApart = ({ id, type, hash, body, revision }: StoredEvent): EventData<JSONEventType> => {
  const { metadata, type: _, ...data } = JSON.parse(body) as Fields
  const withHash = isFields(metadata) ? { ...metadata, hash } : { hash }
  if (bodyOf(type, data, withHash) !== body) {
    throw new Error(`append: the body of event ${revision} (${type}) is not the canonical JSON of such an event`)
  }
  return jsonEvent({ id, type, data, metadata: withHash })
}

/**
 * An event as EventStoreDB keeps it: readable there, its data and its metadata apart. Throws where `body` could not be
 * rebuilt from them to the byte, because the hash is taken over these bytes. What a ledger writes today can be: its keys
 * stand in order at every depth, and are none that JavaScript sorts itself.
 */
export const toEventStoreDb = (event: StoredEvent): EventData<JSONEventType> => {
  const said = saidBy(event)
  if (said === undefined) return takenApart(event)
  const { at, data, pool, postings, revision, metadata } = said
  const { id, type, hash } = event
  return jsonEvent({ id, type, data: { at, data, pool, postings, revision }, metadata: { ...metadata, hash } })
}

/** The body and the hash of an event read back. Throws on an event that this house did not write. */
export const fromEventStoreDb = (
  where: string,
  type: string,
  data: unknown,
  metadata: unknown,
): Pick<StoredEvent, 'hash' | 'body'> => {
  if (!isFields(data) || !isFields(metadata) || typeof metadata.hash !== 'string') {
    throw new Error(`${where} is no event of a ledger: its data or its metadata are not what a ledger writes`)
  }
  return { hash: metadata.hash, body: bodyOf(type, data, metadata) }
}
