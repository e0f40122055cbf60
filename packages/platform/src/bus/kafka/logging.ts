import { type LogEntry, logLevel } from 'kafkajs'
import { parted } from './sockets'

/** What a pino logger is, as far as the bus needs one. */
export interface BusLogger {
  debug(fields: object, message: string): void
  warn(fields: object, message: string): void
}

/** True in general, and answered here: a producer that failed is never used again. */
const known = 'Limiting retries for the idempotent producer'

/**
 * The client's own lines, to a logger and never to standard output. It calls each try that failed an error; whether
 * anything came of it is ours to say, so the highest level that it is given is a warning.
 */
export const logCreator =
  (logger: BusLogger) =>
  () =>
  ({ level, namespace, log: { message, timestamp: _, logger: client, ...fields } }: LogEntry): void => {
    if (message.startsWith(known)) return
    const bad = level === logLevel.ERROR || level === logLevel.WARN
    const say = bad && !message.includes(parted) ? 'warn' : 'debug'
    logger[say]({ ...fields, client, namespace }, message)
  }
