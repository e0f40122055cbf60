import { fork } from 'node:child_process'
import { join } from 'node:path'

export interface Asked {
  readonly id: number
  readonly ask: 'cpu' | 'memory' | 'ticks' | 'write'
  /** Of ticks, or of bytes. */
  readonly count?: number
}

export interface Told {
  readonly id: number
  readonly cpu_ms: number
  /** Bytes of what is in use, in the heap and beside it. */
  readonly held: number
  readonly at: number
  readonly revision?: number
  readonly url?: string
}

/** A server in a process of its own. */
export const startServer = async (what: 'gateway' | 'past' | 'empty' | 'bare', accounts = 0, folder = '') => {
  const child = fork(join(__dirname, 'server.ts'), [what, String(accounts), folder], {
    execArgv: ['--expose-gc', '--require', join(__dirname, '../../packages/testing/register.js')],
  })
  const waiting = new Map<number, (told: Told) => void>()
  let last = 0
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', (code) => reject(new Error(`the ${what} server ended with code ${code}`)))
    child.on('message', (told: Told) => {
      if (told.url !== undefined) resolve(told.url)
      waiting.get(told.id)?.(told)
      waiting.delete(told.id)
    })
  })
  const ask = (what_: Asked['ask'], count?: number): Promise<Told> =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, resolve)
      child.send({ id: last, ask: what_, ...(count === undefined ? {} : { count }) } satisfies Asked)
    })
  return { url, ask, close: () => void child.kill() }
}

export type Server = Awaited<ReturnType<typeof startServer>>
