import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import { explainErrors } from './decode'
import { eventData, isEventType } from './event-data'
import { type LedgerEvent, StoredEnvelope } from './events'
import { canonicalJson } from './json'
import { genesis, idOf, sha256 } from './digest'
import { type Upcasters, upcast, upcasters } from './upcast'

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
export const eventIdOf = (hash: string): string => idOf('event', hash)

/** Closes an event into the chain after `previousHash` (`genesis` for the first). */
export const sealEvent = <E extends LedgerEvent>(
  event: Omit<E, 'id' | 'metadata'> & { readonly metadata: Omit<E['metadata'], 'hash'> },
): { readonly event: E; readonly body: string } => {
  const body = canonicalJson(event)
  const hash = linkHash(event.metadata.previousHash, body)
  return { event: { id: eventIdOf(hash), ...event, metadata: { ...event.metadata, hash } } as unknown as E, body }
}

/** The bytes of an event, as they were when it was sealed. */
export const encodeEvent = ({ id, metadata: { hash, ...metadata }, ...event }: LedgerEvent): Stored => ({
  id,
  type: event.type,
  revision: event.revision,
  hash,
  body: canonicalJson({ ...event, metadata }),
})

/** Reads a stored event, brought up to today's schema. Says what is wrong with bytes that are not one. */
export const decodeEvent = (stored: Stored, casts: Upcasters = upcasters): Either<string, LedgerEvent> => {
  const where = `event ${stored.revision} (${stored.type})`
  let json: unknown
  try {
    json = JSON.parse(stored.body)
  } catch {
    return left(`${where}: the body is not JSON`)
  }
  const envelope = StoredEnvelope.decode(json)
  if (envelope._tag === 'Left') return left(`${where}: ${explainErrors(envelope.left)}`)
  const { type, metadata, data, ...rest } = envelope.right
  if (!isEventType(type)) return left(`${where}: an event type this version does not know; use a newer version`)
  const cast = upcast(casts, type, metadata.version, data)
  if (cast._tag === 'Left') return left(`${where}: ${cast.left}`)
  const codec: t.Mixed = eventData[type]
  const decoded = codec.decode(cast.right)
  if (decoded._tag === 'Left') return left(`${where}: data.${explainErrors(decoded.left)}`)
  return right({
    id: stored.id,
    type,
    ...rest,
    data: decoded.right,
    metadata: { ...metadata, hash: stored.hash },
  } as unknown as LedgerEvent)
}

export { genesis }
