import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb'
import { ReadResp } from '@eventstore/db-client/generated/streams_pb'
import { invalid } from './call-error'
import type { Expected, Recorded } from './record'

export const nameOf = (identifier: StreamIdentifier | undefined): string => {
  const name = Buffer.from(identifier?.getStreamName_asU8() ?? []).toString()
  if (name === '') throw invalid('a stream needs a name')
  return name
}

export const identifierOf = (stream: string): StreamIdentifier =>
  new StreamIdentifier().setStreamName(Uint8Array.from(Buffer.from(stream)))

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const uuidOf = (message: UUID | undefined): string => {
  const structured = message?.getStructured()
  const halves = structured && [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
  const hex = halves?.map((half) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0')).join('')
  const text = hex?.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') ?? message?.getString() ?? ''
  if (!uuid.test(text)) throw invalid(`'${text}' is not a valid UUID`)
  return text.toLowerCase()
}

interface SaysExpected {
  hasAny(): boolean
  hasNoStream(): boolean
  hasStreamExists(): boolean
}

/** `revision` is what stands where none of the three words does. */
export const expectedOf = (options: SaysExpected, revision: string | undefined): Expected => {
  if (options.hasAny()) return 'any'
  if (options.hasNoStream()) return 'no-stream'
  if (options.hasStreamExists()) return 'stream-exists'
  if (revision === undefined) throw invalid('an expected revision is required')
  return Number(revision)
}

const ticksPerMillisecond = 10_000n

/** An event on its way to a reader. Its id is a string, as the client asks for. */
export const eventMessage = (record: Recorded): ReadResp => {
  const position = String(record.position)
  const event = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(record.id))
    .setStreamIdentifier(identifierOf(record.stream))
    .setStreamRevision(String(record.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(record.data)
    .setCustomMetadata(record.metadata)
  event
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.isJson ? 'application/json' : 'application/octet-stream')
    .set('created', String(BigInt(record.created_ms) * ticksPerMillisecond))
  return new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(event).setCommitPosition(position))
}
