import { Posting } from '../events'
import { topics } from '../topics'
import { commandCodec, commandTypes, eventCodec, eventTypes, Metadata } from './documents'
import { commandMeanings, eventMeanings } from './meanings'
import { type Definitions, type Schema, schemaIn } from './schema-of'

const keyedByPool = {
  kafka: {
    key: { type: 'string', description: 'The pool: whatever must stay in order shares a key.' },
    bindingVersion: '0.5.0',
  },
}

const headers = (meanings: Readonly<Record<string, string>>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(meanings).map(([name, description]) => [name, { type: 'string', description }]),
  ),
  required: Object.keys(meanings).filter((name) => !optional.includes(name)),
})

/** CloudEvents 1.0 in binary mode: what can be routed and told from a duplicate without reading the event. */
const cloudEvent = headers({
  ce_specversion: '1.0',
  ce_id: 'The id of the event.',
  ce_source: 'novation/ and the pool.',
  ce_type: 'The type of the event.',
  ce_subject: 'The id of the command it follows from.',
  ce_time: 'The time of the ledger when it happened.',
  ce_sequence: 'The revision, padded with zeros to 20 digits, so that texts sort as numbers.',
  ce_partitionkey: 'The pool.',
  ce_correlationid: 'What it belongs to.',
  ce_causationid: 'What it follows from.',
  'content-type': 'application/json',
})

/** Where a record stood: one that was refused to its sender never stood anywhere. */
const place = {
  dead_partition: 'Where the record stood.',
  dead_offset: 'Where the record stood.',
  dead_timestamp: 'When it was written there, in milliseconds since 1970.',
}

/** Beside the headers the record came with. */
const burial = headers(
  {
    dead_reason: 'A code to count by.',
    dead_text: 'A sentence for whoever looks into it.',
    dead_topic: 'Where the record stood, or was to stand.',
    ...place,
  },
  Object.keys(place),
)

const message = (name: string, summary: string, payload: Schema, told?: Schema): Schema => ({
  name,
  title: name,
  summary,
  contentType: 'application/json',
  ...(told === undefined ? {} : { headers: told }),
  payload,
  bindings: keyedByPool,
})

const refs = (names: readonly string[], at: string): Schema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/${at}/${name}` }]))

const channel = (address: string, description: string, messages: readonly string[]): Schema => ({
  address,
  description,
  messages: refs(messages, 'components/messages'),
})

const operation = (action: 'send' | 'receive', name: string, summary: string): Schema => ({
  action,
  channel: { $ref: `#/channels/${name}` },
  summary,
})

const deadLetter = message(
  'DeadLetter',
  'A record that could not be understood: its bytes and headers as they came, and the reason.',
  {},
  burial,
)

const messagesIn = (definitions: Definitions): Schema => ({
  ...Object.fromEntries(
    commandTypes.map((type) => [type, message(type, commandMeanings[type], schemaIn(definitions, commandCodec(type)))]),
  ),
  ...Object.fromEntries(
    eventTypes.map((type) => [
      type,
      message(type, eventMeanings[type], schemaIn(definitions, eventCodec(type)), {
        $ref: '#/components/schemas/CloudEvent',
      }),
    ]),
  ),
  DeadLetter: deadLetter,
})

/** AsyncAPI 3.0 of the three topics through which others speak with it, seen from the clearinghouse: it receives commands and sends events. */
export const asyncApi = (): Schema => {
  const definitions: Definitions = {
    at: '#/components/schemas/',
    shared: new Set([Metadata, Posting]),
    forms: new Map(),
  }
  const messages = messagesIn(definitions)
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Novation',
      version: '0.1.0',
      description: 'An event-sourced clearinghouse: a command is what somebody wants, an event is what happened.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      commands: channel(topics.commands, 'What somebody wants; at most 64 KiB each.', commandTypes),
      events: channel(topics.events, 'What happened, in the order of the ledger within a pool.', eventTypes),
      deadLetters: channel(topics.deadLetters, 'What could not be understood.', ['DeadLetter']),
    },
    operations: {
      decide: operation(
        'receive',
        'commands',
        'Each command is decided once, and its events or its rejection recorded.',
      ),
      publish: operation('send', 'events', 'Each event is published at least once.'),
      setAside: operation(
        'send',
        'deadLetters',
        'Nothing that could not be understood is lost, and nothing waits for it.',
      ),
    },
    components: { messages, schemas: { ...Object.fromEntries(definitions.forms), CloudEvent: cloudEvent } },
  }
}
