import {
  Count,
  type EventType,
  eventCodec,
  eventTypes,
  InstantText,
  oneOf,
  open,
  PoolName,
  Posting,
} from '@novation/events'
import * as t from 'io-ts'

/** One of several; of one, that one. */
export const anyOf = (codecs: readonly t.Mixed[], name: string): t.Mixed =>
  t.union(codecs as [t.Mixed, t.Mixed, ...t.Mixed[]], name)

/** Each event as `novation tail` prints it, by its type. */
export const eventForms: readonly t.Mixed[] = eventTypes.map((type: EventType) => eventCodec(type))

export const EventForm = anyOf(eventForms, 'Event')

/** An event as far as it is one account's: its own postings, and what names it alone. */
const CutEvent = open('CutEvent', {
  id: t.string,
  type: oneOf(...eventTypes),
  pool: PoolName,
  revision: Count,
  at: InstantText,
  data: t.UnknownRecord,
  postings: t.readonlyArray(Posting),
  cut: t.literal(true),
})

/** An event as whoever asks may see it. */
export const SeenEvent = anyOf([...eventForms, CutEvent], 'SeenEvent')
