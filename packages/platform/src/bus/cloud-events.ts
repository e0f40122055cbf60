import { type Either, left, right } from 'fp-ts/Either'

/** What CloudEvents 1.0 says about an event, in plain fields. */
export interface CloudEvent {
  readonly id: string
  /** Who says so, as a URI reference: the producer and the pool. */
  readonly source: string
  readonly type: string
  /** What within the source it is about. */
  readonly subject: string
  /** RFC 3339, UTC. */
  readonly time: string
  /** The place of the event in its history, from 0. */
  readonly sequence: number
  readonly partitionKey: string
  readonly correlationId: string
  readonly causationId: string
}

type Headers = Readonly<Record<string, string>>

const specVersion = '1.0'
const contentType = 'application/json'
const sequence_digits = 20

/**
 * The headers of the binary mode of CloudEvents on Kafka: the value of the record is the event's data as it is. The
 * sequence is padded with zeros to 20 digits, so that the order of the text is the order of the numbers.
 */
export const cloudEventHeaders = (event: CloudEvent): Headers => ({
  ce_specversion: specVersion,
  ce_id: event.id,
  ce_source: event.source,
  ce_type: event.type,
  ce_subject: event.subject,
  ce_time: event.time,
  ce_sequence: String(event.sequence).padStart(sequence_digits, '0'),
  ce_partitionkey: event.partitionKey,
  ce_correlationid: event.correlationId,
  ce_causationid: event.causationId,
  'content-type': contentType,
})

const required = ['ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_partitionkey'] as const

/** Reads the headers of a record back; says which of them makes it no event of ours. */
export const readCloudEvent = (headers: Headers): Either<string, CloudEvent> => {
  const text = (name: string): string => headers[name] ?? ''
  if (text('ce_specversion') !== specVersion) return left(`ce_specversion is not ${specVersion}`)
  const missing = required.find((name) => text(name) === '')
  if (missing !== undefined) return left(`${missing} is missing`)
  const sequence = text('ce_sequence')
  if (!/^\d{20}$/.test(sequence) || !Number.isSafeInteger(Number(sequence))) {
    return left(`ce_sequence is not a number of ${sequence_digits} digits`)
  }
  return right({
    id: text('ce_id'),
    source: text('ce_source'),
    type: text('ce_type'),
    subject: text('ce_subject'),
    time: text('ce_time'),
    sequence: Number(sequence),
    partitionKey: text('ce_partitionkey'),
    correlationId: text('ce_correlationid'),
    causationId: text('ce_causationid'),
  })
}

/** The first header that does not say what the event says, or nothing: headers and value must not tell two stories. */
export const cloudEventMismatch = (headers: Headers, event: CloudEvent): string | undefined => {
  const different = Object.entries(cloudEventHeaders(event)).find(([name, value]) => headers[name] !== value)
  if (different === undefined) return undefined
  const [name, value] = different
  return `${name} is ${headers[name] ?? 'missing'} where the event says ${value}`
}
