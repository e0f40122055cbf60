import { type CommandError, ErrorType, isCommandError, WrongExpectedVersionError } from '@eventstore/db-client'
import { type AppendError, noStream } from '../event-store'
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

/** gRPC's INTERNAL: what it says of a call that the other side broke off. */
const brokenOff = 13
/** gRPC's INVALID_ARGUMENT. */
const invalidArgument = 3

/** Whether a reader that tries again may get further. */
export const passes = (error: unknown): boolean => {
  if (error instanceof Unreachable || error instanceof Late) return true
  const command = commandError(error)
  if (command !== undefined) return passing.has(command.type) || command.code === brokenOff
  return /^Failed to discover|Premature close/.test(textOf(error))
}

/** The words by which client and server say that nothing was done: the status alone does not tell. */
const notSent = /No connection established|Server Is (Not Ready|Busy|Too Busy)/

const actualOf = ({ actualVersion }: WrongExpectedVersionError): number =>
  actualVersion === 'no_stream' || actualVersion > Number.MAX_SAFE_INTEGER ? noStream : Number(actualVersion)

/**
 * What a failed append means for the write. Only what says for certain that nothing was written is `unavailable`;
 * whatever may have been written is `unknown`. Throws what trying again cannot cure.
 */
export const appendFailure = (error: unknown): AppendError => {
  const reason = textOf(error)
  if (error instanceof Unreachable) return { tag: 'unavailable', reason }
  const command = commandError(error)
  if (command === undefined) {
    if (passes(error)) return { tag: 'unknown', reason }
    throw error
  }
  if (command instanceof WrongExpectedVersionError) return { tag: 'conflict', actual: actualOf(command) }
  switch (command.type) {
    case ErrorType.ACCESS_DENIED:
      return { tag: 'unavailable', reason }
    case ErrorType.UNAVAILABLE:
      return { tag: notSent.test(reason) ? 'unavailable' : 'unknown', reason }
    case ErrorType.UNKNOWN:
      if (notSent.test(reason)) return { tag: 'unavailable', reason }
      if (/BadRequest/.test(reason) || command.code === invalidArgument) throw error
      return { tag: 'unknown', reason }
    case ErrorType.STREAM_DELETED:
    case ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED:
    case ErrorType.MISSING_REQUIRED_METADATA_PROPERTY:
    case ErrorType.INVALID_ARGUMENT:
    case ErrorType.INVALID_TRANSACTION:
      throw error
    default:
      return { tag: 'unknown', reason }
  }
}
