import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import { type Command, CommandEnvelope, commandData, isCommandType } from './commands'
import { isTime } from './time'

/** Why a command was not understood: nothing of it was done, and it binds no id. */
export interface Malformed {
  readonly code: 'malformed'
  readonly reason: string
}

/** A command is at most this many bytes of JSON (protocol 1). */
export const commandLimit_bytes = 65_536

/** Each mistake as `field: what was expected, what stood there`. */
export const explainErrors = (errors: t.Errors): string =>
  errors
    .slice(0, 5)
    .map((error) => {
      const path = error.context
        .map(({ key }) => key)
        .filter((key) => key !== '')
        .join('.')
      const last = error.context[error.context.length - 1]
      const found = error.value === undefined ? 'missing' : `got ${JSON.stringify(error.value)?.slice(0, 60)}`
      return `${path === '' ? 'command' : path}: ${error.message ?? `expected ${last?.type.name}`}, ${found}`
    })
    .join('; ')

const malformed = (reason: string): Either<Malformed, never> => left({ code: 'malformed', reason })

const timesOf = (command: Command): readonly string[] =>
  [
    command.at,
    'observedAt' in command.data ? command.data.observedAt : undefined,
    'expiry' in command.data ? command.data.expiry : undefined,
  ].filter((time) => time !== undefined)

/**
 * Reads one command from a JSON value. `actor` is who sends it where the command does not say so itself.
 * Unknown fields, exponents, ids with a slash are refused (protocol 1).
 */
export const decodeCommand = (json: unknown, actor: string): Either<Malformed, Command> => {
  const envelope = CommandEnvelope.decode(json)
  if (envelope._tag === 'Left') return malformed(explainErrors(envelope.left))
  const { type, data, ...rest } = envelope.right
  if (!isCommandType(type)) return malformed(`type: no command is called ${JSON.stringify(type.slice(0, 60))}`)
  const codec: t.Mixed = commandData[type]
  const decoded = codec.decode(data)
  if (decoded._tag === 'Left') return malformed(`data.${explainErrors(decoded.left)}`)
  const command = { ...rest, actor: rest.actor ?? actor, type, data: decoded.right } as Command
  const never = timesOf(command).find((time) => !isTime(time))
  return never === undefined ? right(command) : malformed(`no such day: ${never}`)
}

/** Reads one command from its text, which is not yet known to be JSON. */
export const parseCommand = (text: string, actor: string): Either<Malformed, Command> => {
  if (Buffer.byteLength(text) > commandLimit_bytes) return malformed(`longer than ${commandLimit_bytes} bytes`)
  try {
    return decodeCommand(JSON.parse(text), actor)
  } catch (error) {
    return malformed(`not JSON: ${error instanceof SyntaxError ? error.message : 'unreadable'}`)
  }
}
