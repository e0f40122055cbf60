import { type Schema, schemaIn } from '@novation/events'
import type * as t from 'io-ts'
import { channelsLimit } from '../feeds/channels'
import { opForms, toldForms } from '../feeds/conversation-forms'
import { messageForms } from '../feeds/messages'
import type { Line } from '../http/line'
import { socketLimits, socketPath } from '../http/serve-socket'
import { definitionsOf, schemasOf } from './forms'
import { written } from './open-api'
import { about, meanings } from './words'

/** What each kind of message of a feed says. */
const summaries: Readonly<Record<string, string>> = {
  EventMessage: 'An event, under the first channel that it belongs to.',
  Snapshot: 'How something stands, by key.',
  Delta: 'What has changed of it, by key; null where something is gone.',
  CaughtUp: 'Everything up to `revision` has been told.',
  Heartbeat: 'The same, after 15 seconds without a word; `head` is where the gateway is.',
  Resync: 'History is not what who follows was told: forget it, and begin with `from=start`.',
  Closed: 'The token is no longer in force; `code` says why.',
}

const conversing: Readonly<Record<string, string>> = {
  Subscribe: 'Follow a channel, `POOL/CHANNEL`, from a position or cursor; again with another filter: go on with that.',
  Unsubscribe: 'Follow it no longer.',
  Subscribed: 'What follows is after this revision.',
  Unsubscribed: 'Everything up to this revision was told.',
  Refused: 'Why what was asked is not done.',
}

/** What a message says, whichever way it comes. */
const summaryOf = (name: string): string =>
  conversing[name] ?? summaries[name] ?? summaries[name.replace(/Told$/, '')] ?? name

const refs = (forms: readonly t.Mixed[]): Schema =>
  Object.fromEntries(forms.map(({ name }) => [name, { $ref: `#/components/messages/${name}` }]))

const gateway = { host: '127.0.0.1:8420', description: 'Where `novation start` answers.' }

/** AsyncAPI 3.0 of what is told, as Server-Sent Events and in conversations, seen from the gateway, which tells. */
export const asyncApi = (lines: readonly Line[]): Schema => {
  const feeds = lines.filter(({ answers }) => answers.bodies.some(({ content }) => content === 'text/event-stream'))
  const definitions = definitionsOf(feeds)
  const messageOf = (form: t.Mixed): readonly [string, Schema] => [
    form.name,
    {
      name: form.name,
      title: form.name,
      summary: summaryOf(form.name),
      contentType: 'application/json',
      payload: schemaIn(definitions, form),
    },
  ]
  const feedOf = ({ path, summary, query }: Line): Schema => ({
    address: written(path),
    description: `${summary}. The id of a message is a cursor: who comes again with it as Last-Event-ID is told what comes after.`,
    messages: refs(messageForms),
    servers: [{ $ref: '#/servers/http' }],
    parameters: { pool: { description: meanings.pool ?? '' } },
    bindings: {
      http: {
        method: 'GET',
        query: {
          type: 'object',
          properties: Object.fromEntries(
            Object.entries<t.Mixed>(query).map(([name, codec]) => [name, schemaIn(definitions, codec)]),
          ),
        },
        bindingVersion: '0.3.0',
      },
    },
  })
  const conversation: Schema = {
    address: socketPath,
    description: `Up to ${channelsLimit} channels, of several pools, that come and go. A text is at most ${socketLimits.frame_bytes} bytes, and ${socketLimits.frames_per_s} a second are read.`,
    messages: refs([...opForms, ...toldForms]),
    servers: [{ $ref: '#/servers/socket' }],
    bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
  }
  const of = (forms: readonly t.Mixed[]): readonly Schema[] =>
    forms.map(({ name }) => ({ $ref: `#/channels/conversation/messages/${name}` }))
  const converse = { channel: { $ref: '#/channels/conversation' } }
  return {
    asyncapi: '3.0.0',
    info: about,
    defaultContentType: 'application/json',
    servers: { http: { ...gateway, protocol: 'http' }, socket: { ...gateway, protocol: 'ws' } },
    channels: { ...Object.fromEntries(feeds.map((line) => [line.name, feedOf(line)])), conversation },
    operations: {
      ...Object.fromEntries(
        feeds.map(({ name, summary }) => [
          `tell-${name}`,
          { action: 'send', channel: { $ref: `#/channels/${name}` }, summary },
        ]),
      ),
      ask: { ...converse, action: 'receive', summary: 'Which channels are followed.', messages: of(opForms) },
      tell: { ...converse, action: 'send', summary: 'What is told of them.', messages: of(toldForms) },
    },
    components: {
      messages: Object.fromEntries([...messageForms, ...opForms, ...toldForms].map(messageOf)),
      schemas: schemasOf(definitions),
    },
  }
}
