import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { noStream, type Revision, type StoredEvent } from './event-store'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const streamName = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/

/**
 * What no caller may get wrong, checked by every adapter before it touches the store: these are mistakes in the
 * program, so they throw, where outcomes of a sound write are values.
 */
export const assertAppendable = (stream: string, events: NonEmptyArray<StoredEvent>, expected: Revision): void => {
  if (!streamName.test(stream)) throw new Error(`append: ${JSON.stringify(stream)} is not a stream's name`)
  if (!Number.isSafeInteger(expected) || expected < noStream) throw new Error(`append: no such revision ${expected}`)
  if (events.length === 0) throw new Error(`append: nothing to append to ${stream}`)
  const ids = new Set<string>()
  events.forEach(({ id, revision }, index) => {
    const due = expected + 1 + index
    if (revision !== due) throw new Error(`append: ${stream} is due revision ${due}, the event says ${revision}`)
    if (!uuid.test(id)) throw new Error(`append: the id ${JSON.stringify(id)} of ${stream}:${revision} is not a UUID`)
    if (ids.has(id)) throw new Error(`append: the id ${id} of ${stream}:${revision} comes twice`)
    ids.add(id)
  })
}
