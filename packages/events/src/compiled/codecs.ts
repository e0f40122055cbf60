import * as t from 'io-ts'
import { CommandEnvelope, type CommandType, commandData } from '../commands'
import { eventData, isEventType } from '../event-data'
import { type LedgerEvent, StoredEnvelope } from '../events'
import { closed, open } from '../fields'
import type { Shape } from './code'

/** An event as its text has it: without `id` and `hash`, which stand beside it. */
export type Unsealed = Omit<LedgerEvent, 'id' | 'metadata'> & {
  readonly metadata: Omit<LedgerEvent['metadata'], 'hash'>
}

/** A command as anybody may send it. */
export const sentCommandCodec = (type: CommandType): Shape => {
  const { type: _, data: __, ...required } = CommandEnvelope.required
  return closed(type, { ...required, type: t.literal(type), data: commandData[type] }, CommandEnvelope.optional)
}

const carriedCommandCodec = (type: CommandType): Shape & t.Mixed => {
  const { id, pool } = CommandEnvelope.required
  const { actor, ...optional } = CommandEnvelope.optional
  return closed(type, { id, pool, actor, type: t.literal(type), data: commandData[type] }, optional)
}

/** By type, each command as an event carries it: whole, with who sent it. */
const carriedCommands = new Map<string, Shape & t.Mixed>(
  (Object.keys(commandData) as CommandType[]).map((type) => [type, carriedCommandCodec(type)]),
)

/** A command as an event carries it; always the same codec for a type. */
export const commandCodec = (type: string): (Shape & t.Mixed) | undefined => carriedCommands.get(type)

/** An event of one type that carries a command of one type, or none. */
export const eventCodec = (type: string, commandType: string): (Shape & t.Mixed) | undefined => {
  const command = commandCodec(commandType)
  if (!isEventType(type) || (command === undefined && commandType !== '')) return undefined
  const { metadata, ...envelope } = StoredEnvelope.required
  const { command: _, ...optional } = metadata.optional
  const carrying = command === undefined ? metadata.required : { ...metadata.required, command }
  return open(type, {
    ...envelope,
    type: t.literal(type),
    data: eventData[type],
    metadata: open(metadata.name, carrying, optional),
  })
}
