import { BACKWARDS, END, type EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client'
import { commandError, reasonOf, troubleOf } from './failures'

/** Whether this user may do something, or why nobody can say. */
export type Verdict =
  | { readonly tag: 'may' }
  | { readonly tag: 'may-not'; readonly reason: string }
  | { readonly tag: 'unknown'; readonly reason: string }

/** No stream will ever come so far: what is asked for is judged by its right and then refused for its revision. */
const unreachable = BigInt(Number.MAX_SAFE_INTEGER)

const judged = async (work: Promise<unknown>): Promise<Verdict> => {
  try {
    await work
    return { tag: 'may' }
  } catch (error) {
    const type = commandError(error)?.type
    if (type === 'wrong-expected-version' || type === 'stream-not-found') return { tag: 'may' }
    const tag = troubleOf(error) === 'forbidden' ? 'may-not' : 'unknown'
    return { tag, reason: reasonOf(error) }
  }
}

const first = async (items: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of items) return
}

/** What this user may do with one stream, asked of the server itself; nothing is written and nothing deleted. */
export const rightsTo = (client: EventStoreDBClient, stream: string) => ({
  read: () =>
    judged(
      first(client.readStream(stream, { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true })),
    ),
  write: () =>
    judged(
      client.appendToStream(stream, [jsonEvent({ type: 'NovationDoctor', data: {} })], {
        expectedRevision: unreachable,
        requiresLeader: true,
      }),
    ),
  delete: () => judged(client.deleteStream(stream, { expectedRevision: unreachable, requiresLeader: true })),
  setMetadata: () =>
    judged(client.setStreamMetadata(stream, {}, { expectedRevision: unreachable, requiresLeader: true })),
})

/** Whether this user may read all streams together: commands that are not told the pool look for it there. */
export const mayReadAll = (client: EventStoreDBClient): Promise<Verdict> =>
  judged(first(client.readAll({ maxCount: 1, requiresLeader: true })))

/** Writes a visit to a stream of its own and reads it back: that the server takes writes at all, no right alone tells. */
export const visit = async (client: EventStoreDBClient, stream: string): Promise<Verdict> => {
  const event = jsonEvent({ type: 'NovationDoctor', data: {} })
  const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const
  const last = async () => {
    try {
      for await (const { event: found } of client.readStream(stream, options)) return found
    } catch (error) {
      if (commandError(error)?.type !== 'stream-not-found') throw error
    }
    return undefined
  }
  try {
    const expectedRevision = (await last())?.revision ?? NO_STREAM
    await client.appendToStream(stream, [event], { expectedRevision, requiresLeader: true })
    const found = await last()
    return found?.id === event.id ? { tag: 'may' } : { tag: 'unknown', reason: 'what was written is not read back' }
  } catch (error) {
    // Another visitor was quicker: the server does take writes.
    if (commandError(error)?.type === 'wrong-expected-version') return { tag: 'may' }
    return { tag: troubleOf(error) === 'forbidden' ? 'may-not' : 'unknown', reason: reasonOf(error) }
  }
}
