import { canonicalJson, decodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { type Either, left } from 'fp-ts/Either'
import type { Delivery, Message } from '../bus/bus'
import { type CloudEvent, cloudEventHeaders } from '../bus/cloud-events'

const cloudEventOf = (event: LedgerEvent): CloudEvent => ({
  id: event.id,
  source: `novation/${event.pool}`,
  type: event.type,
  subject: event.metadata.commandId,
  time: event.at,
  sequence: event.revision,
  partitionKey: event.pool,
  correlationId: event.metadata.correlationId,
  causationId: event.metadata.causationId,
})

/** A ledger event as a record on `novation.events`: the event in its public form, keyed by pool, CloudEvents headers. */
export const eventMessage = (event: LedgerEvent): Message => ({
  key: event.pool,
  value: JSON.stringify(event),
  headers: cloudEventHeaders(cloudEventOf(event)),
})

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The stored form behind a public one: what the hash is taken over. */
const storedOf = (json: unknown): Stored | undefined => {
  if (!isRecord(json) || !isRecord(json.metadata)) return undefined
  const { id, ...event } = json
  const { hash, ...metadata } = json.metadata
  if (typeof id !== 'string' || typeof hash !== 'string' || typeof event.type !== 'string') return undefined
  if (typeof event.revision !== 'number') return undefined
  return { id, hash, type: event.type, revision: event.revision, body: canonicalJson({ ...event, metadata }) }
}

/** Reads a record of `novation.events`; says what makes it no event of ours. */
export const readEventRecord = ({ value }: Pick<Delivery, 'value'>): Either<string, LedgerEvent> => {
  try {
    const stored = storedOf(JSON.parse(value.toString('utf8')))
    return stored === undefined
      ? left('not an event: id, type, revision or metadata.hash is missing')
      : decodeEvent(stored)
  } catch {
    return left('not JSON')
  }
}
