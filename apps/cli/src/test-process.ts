import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const register = join(__dirname, '../../../packages/testing/register.js')

/** `novation` as a process of its own: what an operating system sees of it. */
interface Running {
  readonly child: ChildProcess
  /** Sends text to its standard input. */
  readonly send: (text: string) => void
  /** Settles once standard output holds so many lines. */
  readonly printed: (lines: number) => Promise<void>
  /** What stands on its standard output by now. */
  readonly said: () => string
  /** Settles with what stands on its standard error once that is like this. */
  readonly noted: (like: RegExp) => Promise<RegExpExecArray>
  readonly ended: Promise<{ readonly code: number | NodeJS.Signals; readonly out: string; readonly err: string }>
}

/** Starts the sources' `novation`. Its standard input stays open until `child.stdin.end()`. */
export const startNovation = (words: readonly string[], env: NodeJS.ProcessEnv = {}): Running => {
  const child = spawn(process.execPath, ['--require', register, join(__dirname, 'main.ts'), ...words], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  // Whoever is killed reads no more.
  child.stdin.on('error', () => undefined)
  const leave = (): void => void child.kill('SIGKILL')
  process.once('exit', leave)
  const ended = once(child, 'close').then(([code, signal]: (number | NodeJS.Signals)[]) => {
    process.off('exit', leave)
    return { code: code ?? signal ?? 0, ...said }
  })
  let over = false
  void ended.then(() => {
    over = true
  })
  const printed = async (lines: number): Promise<void> => {
    while (said.out.split('\n').length <= lines && !over) await Promise.race([once(child.stdout, 'data'), ended])
    if (over && said.out.split('\n').length <= lines) throw new Error(`it ended before ${lines} lines:\n${said.err}`)
  }
  const noted = async (like: RegExp): Promise<RegExpExecArray> => {
    for (;;) {
      const found = like.exec(said.err)
      if (found !== null) return found
      if (over) throw new Error(`it ended before it noted ${like}:\n${said.err}`)
      await Promise.race([once(child.stderr, 'data'), ended])
    }
  }
  return { child, noted, send: (text) => void child.stdin.write(text), printed, said: () => said.out, ended }
}

/** Runs it to its end, with nothing on standard input. */
export const runNovation = (words: readonly string[], env: NodeJS.ProcessEnv = {}): Running['ended'] => {
  const { child, ended } = startNovation(words, env)
  child.stdin?.end()
  return ended
}
