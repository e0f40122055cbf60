import type { Command } from '../commands'
import { eventData } from '../event-data'
import { canonicalJson, quoted } from '../json'
import { unseen } from '../unseen'
import { madeOnce } from './code'
import { commandCodec, eventCodec, type Unsealed } from './codecs'
import { canonicalWriterOf, type Elsewhere, type Writer } from './writer'

const none: Writer<unknown> = () => undefined

const commandWriter = madeOnce<Writer<Command>>(commandCodec, (codec) => canonicalWriterOf(codec), none)

/** Where a command keeps its text: it is hashed, and then stands in an event. No copy of it has it. */
const writtenAs = unseen<string>()

/** `canonicalJson` of a command, made once. */
export const commandText = (command: Command): string => {
  const known = writtenAs.of(command)
  if (known !== undefined) return known
  const text = commandWriter(command.type)(command) ?? canonicalJson(command)
  writtenAs.put(command, text)
  return text
}

/** A command that was scanned in the text of an event has its own text there. */
export const keepScannedText = ({ metadata: { command } }: Unsealed, body: string): void => {
  if (command === undefined) return
  const words = ',"command":'
  const from = body.indexOf(words, body.indexOf(',"metadata":{"actor":"')) + words.length
  writtenAs.put(command, body.slice(from, body.indexOf('},"commandId":"', from) + 1))
}

const isCommand = (u: unknown): u is Command => typeof u === 'object' && u !== null && 'type' in u

/** A command has its own text; whatever else stands in its place is no event of this kind. */
const carrying =
  (commandType: string): Elsewhere =>
  (codec, refuse) =>
    codec === commandCodec(commandType) ? (u) => (isCommand(u) ? commandText(u) : refuse()) : undefined

/** By the type of the event, then of the command it carries: of all that there could be, few ever are. */
const eventWriters = new Map(
  Object.keys(eventData).map((type) => [
    type,
    madeOnce<Writer<Unsealed>>(
      (commandType) => eventCodec(type, commandType),
      (codec, commandType) => canonicalWriterOf(codec, carrying(commandType)),
      none,
    ),
  ]),
)

/** `canonicalJson` of an event, in a fraction of its time where the event is made of what its codec names. */
export const eventText = (event: Unsealed): string =>
  eventWriters.get(event.type)?.(event.metadata.command?.type ?? '')(event) ?? canonicalJson(event)

/** What a command's text ends with, after its signatures. */
const endOf = ({ type, until }: Pick<Command, 'type' | 'until'>): string =>
  `,"type":${quoted(type)}${until === undefined ? '' : `,"until":${quoted(until)}`}}`

/**
 * The text of a command with another end: without its signatures, so that the rest need not be written again. They are the last list of
 * that name, whatever stands in its data, and nothing that is quoted has a quote in it that is not escaped.
 */
const withEnd = (text: string, { signatures }: Command, end: string): string | undefined => {
  const from = text.lastIndexOf(signatures === undefined ? ',"type":"' : ',"signatures":[')
  return from < 0 ? undefined : text.slice(0, from) + end
}

const contentOf = ({ at: _, until: __, signatures: ___, ...content }: Command): Omit<Command, 'at'> => content

/**
 * What a command says, whenever it was said and whoever vouches for it: its canonical text without its own `at`, `until` and
 * `signatures` (its data may have such fields).
 */
export const contentText = (command: Command): string => {
  const { at, until, signatures } = command
  const isPlain = until === undefined && signatures === undefined
  const text = isPlain ? commandText(command) : withEnd(commandText(command), command, endOf({ type: command.type }))
  if (text === undefined) return canonicalJson(contentOf(command))
  if (at === undefined) return text
  const actor = `{"actor":${quoted(command.actor)}`
  const head = `${actor},"at":${quoted(at)}`
  return text.startsWith(head) ? actor + text.slice(head.length) : canonicalJson(contentOf(command))
}

const wishText = (command: Command): string => {
  if (command.signatures === undefined) return commandText(command)
  const text = withEnd(commandText(command), command, endOf(command))
  if (text !== undefined) return text
  const { signatures: _, ...wish } = command
  return canonicalJson(wish)
}

/** Where a command keeps what was signed of it, and for where: it is asked for ahead, and again at the door. */
const signedFor = unseen<{ readonly domain: string; readonly text: string }>()

/** What is signed: which pool it is meant for, and the whole command but its signatures (protocol 25). */
export const signedText = (command: Command, domain: string): string => {
  const known = signedFor.of(command)
  if (known?.domain === domain) return known.text
  const text = `novation/command/1\n${domain}\n${wishText(command)}`
  signedFor.put(command, { domain, text })
  return text
}
