import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import type { Changeable } from './changeable'
import type { Unsealed } from './compiled/codecs'
import { scanEvent } from './compiled/scan-event'
import { eventText, keepScannedText } from './compiled/write-event'
import { idsOf, sha256 } from './digest'
import { eventData, isEventType } from './event-data'
import { type LedgerEvent, type Metadata, StoredEnvelope } from './events'
import { decodeField, explainErrors } from './explain'
import { unseen } from './unseen'
import { currentVersion, type Upcasters, upcast, upcasters } from './upcast'

/** An event as bytes: `body` is its canonical JSON without `id` and `hash`, and the text the hash is taken over. */
export interface Stored {
  readonly id: string
  readonly type: string
  readonly revision: number
  readonly hash: string
  readonly body: string
}

/** The link of the chain: what was before, and what is said now (protocol 10). */
export const linkHash = (previousHash: string, body: string): string => sha256(previousHash + body)

/** The id of an event follows from its hash, so a retry of the same content is recognised by the store. */
export const eventIdOf: (hash: string) => string = idsOf('event')

/** Where an event keeps what it was sealed as; a copy which says something else has nothing there. */
const sealedAs = unseen<Stored>()

const sealedMetadata = (told: Unsealed['metadata'], hash: string): Metadata => {
  const { commandId, correlationId, causationId, actor, version, decider, previousHash, command, events } = told
  const base = { commandId, correlationId, causationId, actor, version, decider, previousHash }
  const sealed = base as Changeable<Metadata>
  if (command !== undefined) sealed.command = command
  if (events !== undefined) sealed.events = events
  sealed.hash = hash
  return sealed
}

/** Closes an event into the chain after `previousHash` (`genesis` for the first). Its text is made here, once. */
export const sealEvent = <E extends LedgerEvent>(
  unsealed: Omit<E, 'id' | 'metadata'> & { readonly metadata: Omit<E['metadata'], 'hash'> },
): { readonly event: E; readonly stored: Stored } => {
  const told = unsealed as unknown as Unsealed
  const { type, pool, revision, at, data, postings, metadata } = told
  const { previousHash } = metadata
  const linked = previousHash + eventText(told)
  const hash = sha256(linked)
  // Hashing has laid this text out in one piece: the body as it was put together, of some fifty, would be laid out anew by whoever stores it.
  const body = linked.slice(previousHash.length)
  const id = eventIdOf(hash)
  const event = { type, pool, revision, at, data, postings, metadata: sealedMetadata(metadata, hash), id }
  const stored = { id, type, revision, hash, body }
  sealedAs.put(event, stored)
  return { event: event as unknown as E, stored }
}

/**
 * The bytes of an event that this program sealed: those it was sealed as. An event that was read may have lost fields of a
 * newer version or been brought up from an older one: whoever hands on such an event hands on its `Stored`.
 */
export const encodeEvent = (event: LedgerEvent): Stored => {
  const stored = sealedAs.of(event)
  if (stored !== undefined) return stored
  const {
    id,
    metadata: { hash, ...metadata },
    ...unsealed
  } = event
  return {
    id,
    type: event.type,
    revision: event.revision,
    hash,
    body: eventText({ ...unsealed, metadata } as Unsealed),
  }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Reads any stored event there can be. */
export const decodeByCodecs = (stored: Stored, casts: Upcasters = upcasters): Either<string, LedgerEvent> => {
  const wrong = (reason: string) => left(`event ${stored.revision} (${stored.type}): ${reason}`)
  const json = parsed(stored.body)
  if (json === undefined) return wrong('the body is not JSON')
  const envelope = StoredEnvelope.decode(json)
  if (envelope._tag === 'Left') return wrong(explainErrors(envelope.left, 'the body'))
  const { type, pool, revision, at, data, postings, metadata } = envelope.right
  if (type !== stored.type || revision !== stored.revision)
    return wrong(`the body says it is event ${revision} (${type.slice(0, 60)})`)
  if (!isEventType(type)) return wrong('an event type this program does not know; a newer version may')
  const cast = upcast(casts, type, metadata.version, data)
  if (cast._tag === 'Left') return wrong(cast.left)
  const codec: t.Mixed = eventData[type]
  const decoded = decodeField(codec, 'data', cast.right)
  if (decoded._tag === 'Left') return wrong(explainErrors(decoded.left, 'the body'))
  return right({
    id: stored.id,
    type,
    pool,
    revision,
    at,
    data: decoded.right,
    postings,
    metadata: { ...metadata, hash: stored.hash },
  } as unknown as LedgerEvent)
}

/** The event of a stored text that has been scanned; one of an older schema is read the long way. */
export const scannedEvent = (stored: Stored, scanned: Unsealed, casts: Upcasters): Either<string, LedgerEvent> => {
  const { type, pool, revision, at, data, postings, metadata } = scanned
  const isAsStored = revision === stored.revision && metadata.version === currentVersion(type, casts)
  if (!isAsStored) return decodeByCodecs(stored, casts)
  keepScannedText(scanned, stored.body)
  // The scanner has just made the object, for nobody else: a copy with the hash would cost as much as half a scan.
  const sealed: Omit<typeof metadata, 'hash'> & { hash?: string } = metadata
  sealed.hash = stored.hash
  return right({ id: stored.id, type, pool, revision, at, data, postings, metadata: sealed } as LedgerEvent)
}

/**
 * What a stored text says where it is, byte for byte, the canonical JSON of an event as it is written today: to be written
 * again in its own order it needs no sorting. Undefined for any other text there can be.
 */
export const saidBy = ({ type, body }: Pick<Stored, 'type' | 'body'>): Unsealed | undefined => scanEvent(type, body)

/**
 * Reads a stored event, brought up to today's schema. Says what is wrong with bytes that are not one. Whether the
 * hash is that of the body is not asked here: that is the verification of the chain.
 */
export const decodeEvent = (stored: Stored, casts: Upcasters = upcasters): Either<string, LedgerEvent> => {
  const scanned = scanEvent(stored.type, stored.body)
  return scanned === undefined ? decodeByCodecs(stored, casts) : scannedEvent(stored, scanned, casts)
}
