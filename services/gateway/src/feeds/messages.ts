import { Count, InstantText, oneOf, open } from '@novation/events'
import * as t from 'io-ts'
import { anyOf, SeenEvent } from '../forms/events'
import { problems } from '../http/problems'
import { logNames } from './channels'

/** Where a word about the feed stands: everything up to there has been told. Before the first event there is nothing. */
const where = { revision: Count, at: InstantText }

/** An event, under the first channel that it belongs to. `previous` is the one before it that was told here. */
export const EventMessage = open(
  'EventMessage',
  {
    channel: oneOf(...logNames),
    kind: oneOf('event'),
    ...where,
    data: SeenEvent,
  },
  { previous: Count },
)

/** How something stands, by key; null where there is no such thing. */
export const Snapshot = open('Snapshot', {
  channel: t.string,
  kind: oneOf('snapshot'),
  ...where,
  data: t.union([t.UnknownRecord, t.null]),
})
/** What has changed of it since the last message, by key; null where something is gone. */
export const Delta = open('Delta', { channel: t.string, kind: oneOf('delta'), ...where, data: t.UnknownRecord })

export const CaughtUp = open('CaughtUp', { kind: oneOf('caught-up') }, where)
export const Heartbeat = open(
  'Heartbeat',
  { kind: oneOf('heartbeat'), head: t.number },
  { ...where, channel: t.string },
)
export const Resync = open('Resync', { kind: oneOf('resync'), why: t.string })
export const Closed = open('Closed', { kind: oneOf('closed'), code: oneOf(...Object.keys(problems)) }, where)

export const messageForms = [EventMessage, Snapshot, Delta, CaughtUp, Heartbeat, Resync, Closed] as const

/** Whatever a feed may say. */
export const MessageForm = anyOf(messageForms, 'Message')
