import { decodePublicText, type LedgerEvent, published, type Stored } from '@novation/events'
import type { Either } from 'fp-ts/Either'
import type { Delivery, Message } from '../bus/bus'
import { type CloudEvent, cloudEventHeaders } from '../bus/cloud-events'

const cloudEventOf = ({ id, type, revision }: Stored, { pool, at, metadata }: Envelope): CloudEvent => ({
  id,
  source: `novation/${pool}`,
  type,
  subject: metadata.commandId,
  time: at,
  sequence: revision,
  partitionKey: pool,
  correlationId: metadata.correlationId,
  causationId: metadata.causationId,
})

/** What the headers are made of. */
type Envelope = ReturnType<typeof published>['envelope']

/**
 * A stored event as a record on `novation.events`: its public form, keyed by pool, with CloudEvents headers. It is handed on
 * as it was stored, nothing left out and nothing brought up to date, so that its hash is still that of what it says.
 */
export const eventMessage = (stored: Stored): Message => {
  const { text, envelope } = published(stored)
  return {
    key: envelope.pool,
    value: text,
    headers: cloudEventHeaders(cloudEventOf(stored, envelope)),
  }
}

/** Reads a record of `novation.events`; says what makes it no event of ours. */
export const readEventRecord = ({ value }: Pick<Delivery, 'value'>): Either<string, LedgerEvent> =>
  decodePublicText(value.toString('utf8'))
