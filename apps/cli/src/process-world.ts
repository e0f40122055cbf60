import { setPriority, tmpdir } from 'node:os'
import { systemScheduler } from '@novation/platform'
import type { Outlet, World } from './world'

/** Whoever reads has gone: there is nobody left to write to, and that is no failure. */
const isGone = (error: unknown): boolean => (error as { readonly code?: string }).code === 'EPIPE'

const outlet = (stream: NodeJS.WriteStream): Outlet => {
  let gone = false
  stream.on('error', (error) => {
    if (!isGone(error)) throw error
    gone = true
  })
  return {
    // The callback comes in any case: written, or nobody there to read it.
    write: (text) => (gone ? Promise.resolve() : new Promise((resolve) => void stream.write(text, () => resolve()))),
    isGone: () => gone,
    terminal: stream.isTTY === true,
    columns: stream.columns ?? 80,
  }
}

/** The first Ctrl-C asks to stop in good order, the second does not ask. */
const interruption = (): AbortSignal => {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      controller.abort()
      process.once(signal, () => process.exit(130))
    })
  }
  return controller.signal
}

/** The world as this process meets it. */
export const processWorld = (): World => ({
  env: process.env,
  stdin: () => process.stdin,
  out: outlet(process.stdout),
  err: outlet(process.stderr),
  clock: systemScheduler,
  interrupted: interruption(),
  temporaryFolder: tmpdir(),
  // On Linux, of the thread that asks, and of all that it begins.
  standBack: (nice) => setPriority(nice),
  colour: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
})
