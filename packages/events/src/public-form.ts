import { type Either, left, right } from 'fp-ts/Either'
import { canonicalJson } from './json'
import type { Stored } from './stored'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * A stored event as everybody else meets it: one object, `id` and `metadata.hash` in their places, fields in the order of
 * the contract. Nothing is left out and nothing brought up to date, so `readPublicForm` gives the very bytes again.
 */
export const publicForm = ({ id, hash, body }: Stored): Fields => {
  const { type, pool, revision, at, data, postings, metadata, ...more } = JSON.parse(body) as Fields
  const links = isFields(metadata) ? { ...metadata, hash } : { hash }
  return { id, type, pool, revision, at, data, postings, metadata: links, ...more }
}

/** The stored form behind a public one: the bytes its hash is taken over. Whether the hash is right is not looked at. */
export const readPublicForm = (json: unknown): Either<string, Stored> => {
  if (!isFields(json) || !isFields(json.metadata)) return left('not an event: no object with metadata')
  const { id, ...event } = json
  const { hash, ...metadata } = json.metadata
  const { type, revision } = event
  if (typeof id !== 'string' || typeof hash !== 'string' || typeof type !== 'string' || typeof revision !== 'number')
    return left('not an event: id, type, revision or metadata.hash is missing')
  try {
    return right({ id, hash, type, revision, body: canonicalJson({ ...event, metadata }) })
  } catch (error) {
    // JSON.parse takes 1e400 for infinity, and lists in lists without end.
    return left(`not an event: ${error instanceof Error ? error.message : 'it cannot be written again'}`)
  }
}
