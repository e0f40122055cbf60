import { Metadata, type ServiceError, status } from '@grpc/grpc-js'

/** A status that ends a call, with what the client reads from its trailers. */
export class CallError extends Error implements ServiceError {
  readonly metadata = new Metadata()
  constructor(
    readonly code: status,
    readonly details: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(details)
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value)
  }
}

export const invalid = (details: string): CallError => new CallError(status.INVALID_ARGUMENT, details)

export const notReady = (): CallError => new CallError(status.UNAVAILABLE, 'Server Is Not Ready')

export const accessDenied = (): CallError =>
  new CallError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' })

/** Nobody knows who calls: the whole call ends, and not one append of it. */
export const unauthenticated = (): CallError => new CallError(status.UNAUTHENTICATED, '')

/** The server has given up waiting for its own log; what it waits for may still come to pass. */
export const timedOut = (): CallError => new CallError(status.ABORTED, 'Operation timed out: ')

/** A reading that the server's own checks end with an exception. */
export const unreadable = (what: 'ReadStreamResult' | 'ReadAllResult'): CallError =>
  new CallError(status.UNKNOWN, `Unexpected ${what}: Error`)

export const deleted = (stream: string): CallError =>
  new CallError(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: 'stream-deleted',
    'stream-name': stream,
  })

/** Whatever a handler threw, as the status that the client is told. */
export const asCallError = (error: unknown): CallError =>
  error instanceof CallError ? error : new CallError(status.UNKNOWN, String(error))
