import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { leash } from '@novation/testing'

const program = join(__dirname, '../../../bin/novation.js')

/** One service in a process of its own. */
export interface ServiceProcess {
  readonly name: string
  /** Where it serves its health; empty until it does. */
  readonly url: () => string
  readonly log: () => string
  /** A line on its standard input. */
  readonly tell: (line: string) => void
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
  readonly exited: () => boolean
  /** Its exit code once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>
}

/** Starts what is built; it ends with this process at the latest. */
export const startService = (name: string, env: Readonly<Record<string, string>>): ServiceProcess => {
  const child = spawn(process.execPath, [...leash, program, 'start', name], {
    env: { ...process.env, NOVATION_LOG_LEVEL: 'info', ...env, NOVATION_HTTP: '127.0.0.1:0' },
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
  })
  let log = ''
  child.stderr?.on('data', (bytes: Buffer) => {
    log += bytes.toString()
  })
  // Of one that is gone nobody listens any more.
  child.stdin?.on('error', () => undefined)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    name,
    log: () => log,
    tell: (line) => void child.stdin?.write(`${line}\n`),
    exited: () => child.exitCode !== null || child.signalCode !== null,
    url: () => /"url":"(http:[^"]+)"/.exec(log)?.[1] ?? '',
    kill: async (signal) => {
      child.kill(signal)
      return ended
    },
    ended,
  }
}

/** The last line of its log, as it must be understood by whoever looks why it ended. */
export const lastWords = (service: ServiceProcess | undefined): Readonly<Record<string, unknown>> =>
  JSON.parse(service?.log().trim().split('\n').at(-1) ?? '{}')
