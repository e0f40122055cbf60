import type { UUID } from '@eventstore/db-client/generated/shared_pb'
import { status } from '@grpc/grpc-js'
import { accessDenied, CallError, invalid } from './call-error'
import { type Expected, type Proposed, sizeOf } from './record'
import { uuidOf } from './wire'

/** An append as far as it has come in: a client may send it in pieces. */
export interface Proposal {
  readonly stream: string
  readonly expected: Expected
  readonly events: Proposed[]
  readonly ids: Set<string>
  size_bytes: number
}

/** An append is larger than the server takes. */
export class TooLarge extends CallError {
  constructor(readonly limit_bytes: number) {
    super(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit_bytes} Exceeded.`, {
      exception: 'maximum-append-size-exceeded',
      'maximum-append-size': String(limit_bytes),
    })
  }
}

interface Message {
  getId(): UUID | undefined
  getMetadataMap(): { get(key: string): string | undefined }
  getData_asU8(): Uint8Array
  getCustomMetadata_asU8(): Uint8Array
}

const missing = (property: string): CallError =>
  new CallError(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': 'type,content-type',
  })

const proposed = (message: Message): Proposed => {
  const type = message.getMetadataMap().get('type')
  const contentType = message.getMetadataMap().get('content-type')
  if (!type) throw missing('type')
  if (!contentType) throw missing('content-type')
  if (!['application/json', 'application/octet-stream'].includes(contentType)) {
    throw invalid(`'${contentType}' is not a content type`)
  }
  return {
    id: uuidOf(message.getId()),
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

/** Only the server writes to its own streams, but for its settings; the metadata of a stream anybody may write. */
export const openProposal = (stream: string, expected: Expected): Proposal => {
  if (stream.startsWith('$') && stream !== '$settings' && !/^\$\$[^$]/.test(stream)) throw accessDenied()
  return { stream, expected, events: [], ids: new Set(), size_bytes: 0 }
}

/**
 * Takes in some messages. That an id comes twice in one append the real server lets pass; nobody means it, so here it
 * is refused.
 */
export const extend = (proposal: Proposal, messages: readonly Message[], limit_bytes: number): void => {
  for (const message of messages) {
    const event = proposed(message)
    if (proposal.ids.has(event.id)) throw invalid(`the event id ${event.id} comes twice in one append`)
    proposal.ids.add(event.id)
    proposal.events.push(event)
    proposal.size_bytes += sizeOf(event)
  }
  if (proposal.size_bytes > limit_bytes) throw new TooLarge(limit_bytes)
}
