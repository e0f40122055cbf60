import { parseTime, streamOf } from '@novation/events'
import type { Readable, RecordedEvent } from '@novation/platform'
import type { Place } from '../place'

/** Ledger time of a recorded event, whether or not anything else of it is understood. */
export const atOf = ({ body }: Pick<RecordedEvent, 'body'>): number =>
  parseTime((JSON.parse(body) as { readonly at: string }).at)

const timeOf = async (store: Readable, pool: string, revision: number): Promise<number> => {
  for await (const recorded of store.read(streamOf(pool), revision)) return atOf(recorded)
  return Number.POSITIVE_INFINITY
}

/** The first revision at or after a time, found by halving, since ledger time never goes back. */
export const revisionSince = async (store: Readable, pool: string, at: number, last: number): Promise<number> => {
  let [low, high] = [0, last + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((await timeOf(store, pool, middle)) < at) low = middle + 1
    else high = middle
  }
  return low
}

/** The revision that reading from a place begins with; the one that comes next where there is none there yet. */
export const firstAt = async (store: Readable, pool: string, place: Place): Promise<number> => {
  if (place.tag === 'start') return 0
  if (place.tag === 'revision') return place.revision
  const last = (await store.last(streamOf(pool)))?.revision ?? -1
  return place.tag === 'end' ? Math.max(0, last) : revisionSince(store, pool, place.at, last)
}
