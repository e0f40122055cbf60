import { oneOf, open } from '@novation/events'
import * as t from 'io-ts'
import { problems } from '../http/problems'
import { messageForms } from './messages'

const Filter = open('Filter', {}, { type: t.string, account: t.string })

/** What is asked in a conversation. */
export const opForms = [
  open('Subscribe', { op: oneOf('subscribe'), channel: t.string }, { from: t.string, filter: Filter }),
  open('Unsubscribe', { op: oneOf('unsubscribe'), channel: t.string }),
] as const

/** How that is answered. */
const answerForms = [
  open('Subscribed', { channel: t.string, kind: oneOf('subscribed'), revision: t.number }),
  open('Unsubscribed', { channel: t.string, kind: oneOf('unsubscribed'), revision: t.number }),
  open(
    'Refused',
    { kind: oneOf('refused'), code: oneOf(...Object.keys(problems)), detail: t.string },
    { channel: t.string },
  ),
] as const

/** What is told in a conversation: the messages of a feed, the channel with its pool in front, the cursor beside it. */
export const toldForms = [
  ...answerForms,
  ...messageForms.map(({ name, required, optional }) => {
    const { channel: _, ...rest } = required as t.Props
    return open(`${name}Told`, { ...rest, channel: t.string }, { ...(optional as t.Props), cursor: t.string })
  }),
]
