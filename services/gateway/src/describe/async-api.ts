import { type Schema, schemaIn } from '@novation/events'
import type * as t from 'io-ts'
import { messageForms } from '../feeds/messages'
import type { Line } from '../http/line'
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

/** AsyncAPI 3.0 of the feeds, seen from the gateway, which tells. */
export const asyncApi = (lines: readonly Line[]): Schema => {
  const feeds = lines.filter(({ answers }) => answers.bodies.some(({ content }) => content === 'text/event-stream'))
  const definitions = definitionsOf(feeds)
  const names = messageForms.map(({ name }) => name)
  const messages = messageForms.map((form) => [
    form.name,
    {
      name: form.name,
      title: form.name,
      summary: summaries[form.name] ?? form.name,
      contentType: 'application/json',
      payload: schemaIn(definitions, form),
    },
  ])
  const channelOf = ({ path, summary, query }: Line): Schema => ({
    address: written(path),
    description: `${summary}. The id of a message is a cursor: who comes again with it as Last-Event-ID is told what comes after.`,
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
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
  const channels = Object.fromEntries(feeds.map((line) => [line.name, channelOf(line)]))
  return {
    asyncapi: '3.0.0',
    info: about,
    defaultContentType: 'application/json',
    servers: { gateway: { host: '127.0.0.1:8420', protocol: 'http', description: 'Where `novation start` answers.' } },
    channels,
    operations: Object.fromEntries(
      feeds.map(({ name, summary }) => [
        `tell-${name}`,
        { action: 'send', channel: { $ref: `#/channels/${name}` }, summary },
      ]),
    ),
    components: { messages: Object.fromEntries(messages), schemas: schemasOf(definitions) },
  }
}
