import { decodeEvent, type LedgerEvent, readPublicForm } from '@novation/events'
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

/** Reads a record of `novation.events`; says what makes it no event of ours. */
export const readEventRecord = ({ value }: Pick<Delivery, 'value'>): Either<string, LedgerEvent> => {
  try {
    const stored = readPublicForm(JSON.parse(value.toString('utf8')))
    return stored._tag === 'Left' ? stored : decodeEvent(stored.right)
  } catch {
    return left('not JSON')
  }
}
