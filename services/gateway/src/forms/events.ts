import { type EventType, eventCodec, eventTypes } from '@novation/events'
import * as t from 'io-ts'

/** One of several; of one, that one. */
export const anyOf = (codecs: readonly t.Mixed[], name: string): t.Mixed =>
  t.union(codecs as [t.Mixed, t.Mixed, ...t.Mixed[]], name)

/** Each event as `novation tail` prints it, by its type. */
export const eventForms: readonly t.Mixed[] = eventTypes.map((type: EventType) => eventCodec(type))

export const EventForm = anyOf(eventForms, 'Event')
