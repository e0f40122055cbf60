import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Answer, Part } from './messages'

/** Threads that verify pieces of a history. */
export interface Threads {
  readonly size: number
  /** Sends a part to one of them, by its number. */
  readonly send: (thread: number, part: Part, answered: (answer: Answer) => void) => void
  /** Settles when a thread has died, with the reason. */
  readonly failed: Promise<Error>
  readonly end: () => Promise<void>
}

/** A book is mostly young objects; a larger nursery spares a tenth of the work. */
const young_mb = 64

/** Beside this one, of the same kind: whoever runs the sources runs them in threads too. */
const fileOfThread = join(__dirname, `thread${extname(__filename)}`)

/** Starts so many. */
export const startThreads = (
  size: number,
  { file = fileOfThread, execArgv }: { readonly file?: string; readonly execArgv?: readonly string[] } = {},
): Threads => {
  let fail: (error: Error) => void = () => undefined
  const failed = new Promise<Error>((resolve) => {
    fail = resolve
  })
  const threads = Array.from({ length: size }, () => {
    const waiting: ((answer: Answer) => void)[] = []
    const worker = new Worker(file, {
      resourceLimits: { maxYoungGenerationSizeMb: young_mb },
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    })
    worker.on('message', (answer: Answer) => waiting.shift()?.(answer))
    worker.on('error', fail)
    return { worker, waiting }
  })
  return {
    size,
    send: (number, part, answered) => {
      const thread = threads[number]
      if (thread === undefined) throw new RangeError(`there is no thread ${number} of ${size}`)
      thread.waiting.push(answered)
      thread.worker.postMessage(part)
    },
    failed,
    end: async () => void (await Promise.all(threads.map(({ worker }) => worker.terminate()))),
  }
}
