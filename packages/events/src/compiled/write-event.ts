import type { Command } from '../commands'
import { eventData } from '../event-data'
import { canonicalJson, quoted } from '../json'
import { madeOnce } from './code'
import { commandCodec, eventCodec, type Unsealed } from './codecs'
import { canonicalWriterOf, type Writer } from './writer'

const none: Writer<unknown> = () => undefined

const commandWriter = madeOnce<Writer<Command>>(commandCodec, canonicalWriterOf, none)

/** By the type of the event, then of the command it carries: of all that there could be, few ever are. */
const eventWriters = new Map(
  Object.keys(eventData).map((type) => [
    type,
    madeOnce<Writer<Unsealed>>((commandType) => eventCodec(type, commandType), canonicalWriterOf, none),
  ]),
)

/** `canonicalJson` of an event, in a fraction of its time where the event is made of what its codec names. */
export const eventText = (event: Unsealed): string =>
  eventWriters.get(event.type)?.(event.metadata.command?.type ?? '')(event) ?? canonicalJson(event)

/** `canonicalJson` of a command. */
export const commandText = (command: Command): string => commandWriter(command.type)(command) ?? canonicalJson(command)

/** What a command says, whenever it was said: its canonical text with its own `at` cut out (its data may have one). */
export const contentText = (command: Command): string => {
  const text = commandText(command)
  if (command.at === undefined) return text
  const actor = `{"actor":${quoted(command.actor)}`
  const head = `${actor},"at":${quoted(command.at)}`
  if (text.startsWith(head)) return actor + text.slice(head.length)
  const { at: _, ...content } = command
  return canonicalJson(content)
}
