import type { EventStoreDBClient, StreamMetadata } from '@eventstore/db-client'
import type { RecordedEvent } from '../event-store'
import { type Gone, HistoryGone } from '../history-gone'

const bringBack =
  'nobody may scavenge before; bring them back as an administrator: novation doctor --eventstore=URL --bring-back'

const restore = 'stop whoever writes it, and restore the store from a backup, or import an export into a new one'

const remedies: Readonly<Record<Gone, string>> = {
  deleted: `its events are still there: ${bringBack}`,
  truncated: `they are still there: ${bringBack}`,
  counted: `they are still there: ${bringBack}`,
  aged: `they are still there: ${bringBack}`,
  reopened: restore,
  tombstoned: restore,
  scavenged: restore,
}

export const gone = (how: Gone, stream: string, what: string): HistoryGone =>
  new HistoryGone(how, stream, `${stream} ${what}`, remedies[how])

export const tombstoned = (stream: string): HistoryGone =>
  gone('tombstoned', stream, 'was deleted for ever (a tombstone): nothing can be read from it or written to it')

/** A deleted stream has its beginning past every revision there can be: more than this program may compute with. */
const isDeleted = ({ truncateBefore = 0 }: StreamMetadata): boolean => Number(truncateBefore) > Number.MAX_SAFE_INTEGER

/** Whether the first event that is left was written as the first of all: somebody took the deleted stream for a new one. */
const beganAnew = ({ body, revision }: RecordedEvent): boolean =>
  (JSON.parse(body) as { readonly revision?: number }).revision !== revision

/**
 * Why a stream does not begin where it must, by its metadata; `first` is the first event that was shown. Nothing where
 * there is no event because there never was one.
 */
export const whyHidden = async (
  client: EventStoreDBClient,
  stream: string,
  first?: RecordedEvent,
): Promise<HistoryGone | undefined> => {
  const { metadata = {} } = await client.getStreamMetadata(stream, { requiresLeader: true })
  const { truncateBefore, maxCount, maxAge } = metadata
  const before = first === undefined ? 'all its events' : `the events before ${first.revision}`
  if (first !== undefined && beganAnew(first))
    return gone(
      'reopened',
      stream,
      `was deleted and then written anew: ${before} are hidden, and it begins again there`,
    )
  if (isDeleted(metadata)) return gone('deleted', stream, 'was deleted')
  if (truncateBefore !== undefined && Number(truncateBefore) > 0)
    return gone('truncated', stream, `was cut: its metadata hides ${before} ($tb is ${truncateBefore})`)
  if (maxCount !== undefined)
    return gone('counted', stream, `shows only its last ${maxCount}: its metadata hides ${before} ($maxCount)`)
  if (maxAge !== undefined)
    return gone('aged', stream, `shows only what is younger than ${maxAge} s: its metadata hides ${before} ($maxAge)`)
  return first === undefined ? undefined : gone('scavenged', stream, `has lost ${before}: no metadata hides them`)
}
