import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** A script of the sources, run by a process of its own: what must survive `kill -9` cannot be tested in this one. */
export interface Script {
  /** What it has printed so far, line by line. */
  readonly lines: readonly string[]
  /** Settles when it has printed so many lines; rejects when it ends before. */
  printed(count: number): Promise<void>
  /** Settles when the process has ended: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
  /** Tells it something, which it hears as its `message`. */
  tell(message: object): void
  kill(signal?: NodeJS.Signals): void
}

/**
 * Words for Node by which a process of a test ends with the one that started it, though that one was killed. Its stdio
 * must have an `ipc` channel.
 */
export const leash: readonly string[] = ['--require', join(__dirname, '..', 'leash.js')]

/** Runs `file`, compiled or TypeScript; it ends with this process at the latest. Its standard error is this process's own. */
export const runScript = (file: string, ...parameters: readonly string[]): Script =>
  runScriptUnder([], file, ...parameters)

/** The same, started by another program that is given how Node is called: one that limits it, or watches what it asks for. */
export const runScriptUnder = (under: readonly string[], file: string, ...parameters: readonly string[]): Script => {
  const register = join(__dirname, '..', 'register.js')
  const [program = process.execPath, ...words] = [
    ...under,
    process.execPath,
    ...leash,
    '--require',
    register,
    file,
    ...parameters,
  ]
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  }) as ChildProcessByStdio<null, Readable, null>
  const lines: string[] = []
  const output = createInterface({ input: child.stdout })
  output.on('line', (line) => lines.push(line))
  // Whoever has ended hears nothing; that it has, `ended` tells.
  const tell = (message: object) => void child.send(message, () => undefined)
  const kill = (signal: NodeJS.Signals = 'SIGKILL') => void child.kill(signal)
  const leave = () => kill()
  process.once('exit', leave)
  // `close`, not `exit`: by then everything it printed has been read.
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => {
    process.off('exit', leave)
    return code ?? signal ?? 0
  })

  const printed = async (count: number): Promise<void> => {
    const stop = new AbortController()
    const early = ended.then((end) => {
      throw new Error(`${file} ended with ${end} after ${lines.length} lines, ${count} were due`)
    })
    try {
      while (lines.length < count) await Promise.race([once(output, 'line', { signal: stop.signal }), early])
    } finally {
      stop.abort()
      void early.catch(() => undefined)
    }
  }

  return { lines, printed, ended, tell, kill }
}
