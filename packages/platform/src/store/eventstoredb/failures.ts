import {
  type CommandError,
  ErrorType,
  isCommandError,
  MaxAppendSizeExceededError,
  WrongExpectedVersionError,
} from '@eventstore/db-client'
import { type AppendError, noStream } from '../event-store'
import type { Trouble } from '../standing'
import { Unreachable } from './connection'
import { Late } from './within'

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** The client's own error, or undefined. */
export const commandError = (error: unknown): CommandError | undefined =>
  error instanceof Error && isCommandError(error) ? error : undefined

/** What passes by itself: the server is away, busy, moving its leadership, or the way to it broke. */
const passing: ReadonlySet<unknown> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.TIMEOUT,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.NOT_LEADER,
])

/** Numbers of gRPC's statuses that the client has no error of its own for. */
const grpc = { invalidArgument: 3, permissionDenied: 7, brokenOff: 13, unauthenticated: 16 }

/** What to do about an error of which the server says nothing but its name. */
const cures: Readonly<Record<string, string>> = {
  [ErrorType.ACCESS_DENIED]:
    'this user may not do it: give it the right, or name another user in the connection string',
  [ErrorType.TIMEOUT]: 'the server gave up waiting for its disk or its replicas: look at them',
  [ErrorType.DEADLINE_EXCEEDED]: 'the server gave up waiting for its disk or its replicas: look at them',
  [ErrorType.STREAM_DELETED]: 'the stream was deleted for ever: restore the store from a backup',
  [ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED]: 'the append is larger than the server takes: raise its MaxAppendSize',
  [ErrorType.NOT_LEADER]: 'another node leads: name all nodes of the cluster in the connection string',
}

const unknownUser = 'unauthenticated: the server does not know this user by this password: correct them'

/** What went wrong, in words that are never empty: its type where it has one, and what to do where nothing else is said. */
export const reasonOf = (error: unknown): string => {
  const text = textOf(error).trim()
  const command = commandError(error)
  if (command?.code === grpc.unauthenticated) return unknownUser
  const type = command?.type
  if (type === undefined) return text === '' ? 'the connection broke without a word' : text
  return `${type}: ${[text, cures[type]].filter((words) => words).join('; ') || 'the server says no more: look at its log'}`
}

const isForbidden = (command: CommandError): boolean =>
  command.type === ErrorType.ACCESS_DENIED ||
  command.code === grpc.unauthenticated ||
  command.code === grpc.permissionDenied

/** What keeps a reader from getting further where that may change by itself, or by somebody's hand. */
export const troubleOf = (error: unknown): Trouble | undefined => {
  if (error instanceof Unreachable || error instanceof Late) return 'away'
  const command = commandError(error)
  if (command === undefined) return /^Failed to discover|Premature close/.test(textOf(error)) ? 'away' : undefined
  if (isForbidden(command)) return 'forbidden'
  return passing.has(command.type) || command.code === grpc.brokenOff ? 'away' : undefined
}

/** The words by which client and server say that nothing was done: the status alone does not tell. */
const notSent = /No connection established|Server Is (Not Ready|Busy|Too Busy)/

const actualOf = ({ actualVersion }: WrongExpectedVersionError): number =>
  actualVersion === 'no_stream' || actualVersion > Number.MAX_SAFE_INTEGER ? noStream : Number(actualVersion)

/**
 * What a failed append means for the write. Only what says for certain that nothing was written is `unavailable` or
 * `forbidden`; whatever may have been written is `unknown`. Throws what trying again cannot cure.
 */
export const appendFailure = (error: unknown): AppendError => {
  const reason = reasonOf(error)
  if (error instanceof Unreachable) return { tag: 'unavailable', reason }
  const command = commandError(error)
  if (command === undefined) {
    if (troubleOf(error) !== undefined) return { tag: 'unknown', reason }
    throw error
  }
  if (command instanceof WrongExpectedVersionError) return { tag: 'conflict', actual: actualOf(command) }
  if (command instanceof MaxAppendSizeExceededError)
    return { tag: 'too-large', reason, limit_bytes: command.maxAppendSize }
  if (isForbidden(command)) return { tag: 'forbidden', reason }
  switch (command.type) {
    case ErrorType.UNAVAILABLE:
      return { tag: notSent.test(reason) ? 'unavailable' : 'unknown', reason }
    case ErrorType.UNKNOWN:
      if (notSent.test(reason)) return { tag: 'unavailable', reason }
      if (/BadRequest/.test(reason) || command.code === grpc.invalidArgument) throw error
      return { tag: 'unknown', reason }
    case ErrorType.STREAM_DELETED:
    case ErrorType.MISSING_REQUIRED_METADATA_PROPERTY:
    case ErrorType.INVALID_ARGUMENT:
    case ErrorType.INVALID_TRANSACTION:
      throw error
    default:
      return { tag: 'unknown', reason }
  }
}
