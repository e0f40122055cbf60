import { Count, InstantText, oneOf, open } from '@novation/events'
import * as t from 'io-ts'
import { anyOf, EventForm } from '../forms/events'
import { problems } from '../http/problems'
import { channelNames } from './channels'

/** Where a word about the feed stands: everything up to there has been told. Before the first event there is nothing. */
const where = { revision: Count, at: InstantText }

/** An event, under the first channel that it belongs to. */
export const EventMessage = open('EventMessage', {
  channel: oneOf(...channelNames),
  kind: oneOf('event'),
  ...where,
  data: EventForm,
})

export const CaughtUp = open('CaughtUp', { kind: oneOf('caught-up') }, where)
export const Heartbeat = open('Heartbeat', { kind: oneOf('heartbeat'), head: t.number }, where)
export const Resync = open('Resync', { kind: oneOf('resync'), why: t.string })
export const Closed = open('Closed', { kind: oneOf('closed'), code: oneOf(...Object.keys(problems)) }, where)

export const messageForms = [EventMessage, CaughtUp, Heartbeat, Resync, Closed] as const

/** Whatever a feed may say. */
export const MessageForm = anyOf(messageForms, 'Message')
