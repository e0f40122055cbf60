import type { RecordedEvent, StoredEvent } from '../event-store'

export const collect = async <A>(items: AsyncIterable<A>): Promise<readonly A[]> => {
  const all: A[] = []
  for await (const item of items) all.push(item)
  return all
}

/** The first `count` of what may never end. */
export const take = async <A>(items: AsyncIterable<A>, count: number): Promise<readonly A[]> => {
  const first: A[] = []
  if (count === 0) return first
  for await (const item of items) if (first.push(item) === count) break
  return first
}

/** How long the work takes, by the clock on the wall. */
export const took_ms = async (work: Promise<unknown>): Promise<number> => {
  const began = Date.now()
  await work
  return Date.now() - began
}

/** What was written, without what the store added to it. */
export const written = ({ id, type, revision, hash, body }: RecordedEvent): StoredEvent => ({
  id,
  type,
  revision,
  hash,
  body,
})
