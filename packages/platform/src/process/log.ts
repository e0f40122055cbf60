import pino from 'pino'

/** What a service says about itself: one JSON object a line, on standard error, never on standard output. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  fatal(fields: object, message: string): void
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

/** A pino log that is written when the call comes back, so that the last line before an end is never lost. */
export const openLog = (level: LogLevel, base: Readonly<Record<string, string>>): Log =>
  pino({ level, base, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ dest: 2, sync: true }))
