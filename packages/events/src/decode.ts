import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import { type Command, CommandEnvelope, type CommandType, commandData, isCommandType } from './commands'
import { checkerOf } from './compiled/checker'
import { sentCommandCodec } from './compiled/codecs'
import { decodeField, explainErrors } from './explain'
import { unmarked } from './json'
import { repeatedKey } from './repeated-key'
import { parseTime } from './time'

/** Why a command was not understood: nothing of it was done, and it binds no id. */
export interface Malformed {
  readonly code: 'malformed'
  readonly reason: string
}

/** A command is at most this many bytes of JSON (protocol 1). */
export const commandLimit_bytes = 65_536

const malformed = (reason: string): Either<Malformed, never> => left({ code: 'malformed', reason })

/** So many people at most vouch for one command. */
const mostSignatures = 16

type Told = 'actor' | 'at' | 'until' | 'signatures'

/** What is wrong with a command of the right form: what is signed says who and when, and each key signs once, in order (protocol 25). */
export const wrongInEnvelope = ({ actor, at, until, signatures }: Partial<Pick<Command, Told>>): string | undefined => {
  if (until !== undefined && at !== undefined && parseTime(until) < parseTime(at)) return 'until: before at'
  if (signatures === undefined) return undefined
  const count = signatures.length
  if (count === 0 || count > mostSignatures) return `signatures: ${count}, not 1 to ${mostSignatures}`
  if (signatures.some(({ key }, i) => key <= (signatures[i - 1]?.key ?? '')))
    return 'signatures: not in ascending order of key, each key once'
  if (actor === undefined) return 'actor: missing, and a signed command says who sends it'
  return at === undefined ? 'at: missing, and a signed command says when it was sent' : undefined
}

/** Reads any value, and says what is wrong with one that is no command. */
export const decodeCommandByCodecs = (json: unknown, actor: string): Either<Malformed, Command> => {
  const envelope = CommandEnvelope.decode(json)
  if (envelope._tag === 'Left') return malformed(explainErrors(envelope.left, 'command'))
  const { type, data, ...rest } = envelope.right
  if (!isCommandType(type)) return malformed(`type: no command is called ${JSON.stringify(type.slice(0, 60))}`)
  const codec: t.Mixed = commandData[type]
  const decoded = decodeField(codec, 'data', data)
  if (decoded._tag === 'Left') return malformed(explainErrors(decoded.left, 'command'))
  const wrong = wrongInEnvelope(rest)
  if (wrong !== undefined) return malformed(wrong)
  return right({ ...rest, actor: rest.actor ?? actor, type, data: decoded.right } as Command)
}

const checkers = new Map(
  (Object.keys(commandData) as CommandType[]).map((type) => [type, checkerOf(sentCommandCodec(type))]),
)

const isSound = (json: unknown): json is Omit<Command, 'actor'> & Partial<Pick<Command, 'actor'>> =>
  typeof json === 'object' && json !== null && 'type' in json && checkers.get(json.type as CommandType)?.(json) === true

/**
 * Reads one command from a JSON value. `actor` is who sends it where the command does not say so itself.
 * Unknown fields, exponents, ids with a slash, days that do not exist are refused (protocol 1). Never throws.
 */
export const decodeCommand = (json: unknown, actor: string): Either<Malformed, Command> => {
  if (!isSound(json)) return decodeCommandByCodecs(json, actor)
  const wrong = wrongInEnvelope(json)
  if (wrong !== undefined) return malformed(wrong)
  return right((json.actor === undefined ? { ...json, actor } : json) as Command)
}

/** JSON.parse quotes the text it refuses, which may hold anything. */
const printable = (message: string): string => message.replace(/[^ -~]/g, ' ')

/** Reads one command from its text, which is not yet known to be JSON and may begin with a byte-order mark. Never throws. */
export const parseCommand = (sent: string, actor: string): Either<Malformed, Command> => {
  const text = unmarked(sent)
  const size_bytes = Buffer.byteLength(text)
  if (size_bytes > commandLimit_bytes) return malformed(`${size_bytes} bytes long; the limit is ${commandLimit_bytes}`)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return malformed(`not JSON: ${error instanceof Error ? printable(error.message) : 'unreadable'}`)
  }
  const command = decodeCommand(json, actor)
  if (command._tag === 'Left') return command
  const twice = repeatedKey(text, json)
  return twice === undefined
    ? command
    : malformed(`the key ${printable(JSON.stringify(twice.slice(0, 60)))} stands twice`)
}
