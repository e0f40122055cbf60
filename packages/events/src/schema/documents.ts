import * as t from 'io-ts'
import { CommandEnvelope, type CommandType, commandData } from '../commands'
import { type EventType, eventData } from '../event-data'
import { StoredEnvelope } from '../events'
import { closed, open } from '../fields'
import { Digest, Id } from '../text'
import { currentVersion } from '../upcast'
import { commandMeanings, eventMeanings } from './meanings'
import { type Schema, schemaOf } from './schema-of'

export const commandTypes = Object.keys(commandData) as readonly CommandType[]
export const eventTypes = Object.keys(eventData) as readonly EventType[]

/** A command of one type, whole. */
export const commandCodec = (type: CommandType): t.Mixed =>
  closed(
    type,
    { ...CommandEnvelope.required, type: t.literal(type), data: commandData[type] },
    CommandEnvelope.optional,
  )

/** A command of one type as it is sent where path, header and token say the rest. */
export const sentCommandCodec = (type: CommandType): t.Mixed => {
  const { type: _, data: __, ...said } = CommandEnvelope.required
  return closed(type, { type: t.literal(type), data: commandData[type] }, { ...said, ...CommandEnvelope.optional })
}

const { metadata: stored, ...envelope } = StoredEnvelope.required
export const Metadata = open('Metadata', { ...stored.required, hash: Digest }, stored.optional)

/** An event of one type as everybody but the store meets it: with its id, and its hash among the metadata. */
export const eventCodec = (type: EventType): t.Mixed =>
  open(type, { id: Id, ...envelope, type: t.literal(type), data: eventData[type], metadata: Metadata })

const documented = (id: string, title: string, description: string, schema: Schema): Schema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:novation:${id}`,
  title,
  description,
  ...schema,
})

export const commandSchema = (type: CommandType): Schema =>
  documented(`command:${type}`, type, commandMeanings[type], schemaOf(commandCodec(type)))

export const eventSchema = (type: EventType): Schema =>
  documented(`event:${type}:v${currentVersion(type)}`, type, eventMeanings[type], schemaOf(eventCodec(type)))
