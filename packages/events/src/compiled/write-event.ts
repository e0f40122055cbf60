import type { Command } from '../commands'
import { canonicalJson, quoted } from '../json'
import { commandCodec, eventCodec, type Unsealed } from './codecs'
import { canonicalWriterOf, type Writer } from './writer'

const events = new Map<string, Writer<Unsealed>>()
const commands = new Map<string, Writer<Command>>()

const none: Writer<unknown> = () => undefined

const eventWriter = (type: string, commandType: string): Writer<Unsealed> => {
  const name = `${type} ${commandType}`
  const known = events.get(name)
  if (known !== undefined) return known
  const codec = eventCodec(type, commandType)
  if (codec === undefined) return none
  const writer = canonicalWriterOf<Unsealed>(codec)
  events.set(name, writer)
  return writer
}

const commandWriter = (type: string): Writer<Command> => {
  const known = commands.get(type)
  if (known !== undefined) return known
  const codec = commandCodec(type)
  if (codec === undefined) return none
  const writer = canonicalWriterOf<Command>(codec)
  commands.set(type, writer)
  return writer
}

/** `canonicalJson` of an event, in a fraction of its time where the event is made of what its codec names. */
export const eventText = (event: Unsealed): string =>
  eventWriter(event.type, event.metadata.command?.type ?? '')(event) ?? canonicalJson(event)

/** `canonicalJson` of a command. */
export const commandText = (command: Command): string => commandWriter(command.type)(command) ?? canonicalJson(command)

/** What a command says, whenever it was said: its canonical text with its own `at` cut out (its data may have one). */
export const contentText = (command: Command): string => {
  const { at, ...content } = command
  if (at === undefined) return commandText(command)
  const text = commandText(command)
  const actor = `{"actor":${quoted(command.actor)}`
  const head = `${actor},"at":${quoted(at)}`
  return text.startsWith(head) ? actor + text.slice(head.length) : canonicalJson(content)
}
