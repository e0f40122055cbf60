import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { inTurn } from '../time/in-turn'

/** Work in a thread of its own: a question goes there, its answer comes back, and this loop stays free meanwhile. */
export interface Thread<Q, A, P = unknown> {
  /**
   * Rejects with what the work threw. `signal` tells it that nobody waits any more; `hear` is told what the work says on its way to
   * the answer.
   */
  readonly ask: (question: Q, signal: AbortSignal, hear?: (said: P) => void) => Promise<A>
  readonly close: () => Promise<void>
}

type ToThread<Q> = { readonly id: number; readonly question: Q } | { readonly id: number; readonly cancelled: true }
type FromThread<A, P> = { readonly id: number } & (
  | { readonly answer: A }
  | { readonly failed: string }
  | { readonly said: P }
)

interface Waiting<A, P> {
  readonly hear: ((said: P) => void) | undefined
  readonly resolve: (answer: A) => void
  readonly reject: (error: Error) => void
}

/**
 * A thread that runs a file, given `data`. One that dies takes the questions it had with it, and the next question begins
 * another.
 */
export const openThread = <Q, A, P = unknown>(file: string, data: unknown): Thread<Q, A, P> => {
  const waiting = new Map<number, Waiting<A, P>>()
  let worker: Worker | undefined
  let last = 0

  const begin = (): Worker => {
    const begun = new Worker(file, { workerData: data })
    const end = (error: Error): void => {
      if (worker !== begun) return
      worker = undefined
      for (const { reject } of waiting.values()) reject(error)
      waiting.clear()
    }
    begun.on('message', (told: FromThread<A, P>) => {
      const asker = waiting.get(told.id)
      if ('said' in told) return asker?.hear?.(told.said)
      waiting.delete(told.id)
      if ('answer' in told) asker?.resolve(told.answer)
      else asker?.reject(new Error(told.failed))
      return undefined
    })
    begun.on('error', end)
    begun.on('exit', (code) => end(new Error(`the thread ended with code ${code}`)))
    begun.unref()
    return begun
  }

  return {
    ask: (question, signal, hear) =>
      new Promise((resolve, reject) => {
        last += 1
        const id = last
        worker ??= begin()
        const to = worker
        const cancel = (): void => to.postMessage({ id, cancelled: true } satisfies ToThread<Q>)
        const over = (): void => signal.removeEventListener('abort', cancel)
        waiting.set(id, {
          hear,
          resolve: (answer) => {
            over()
            resolve(answer)
          },
          reject: (error) => {
            over()
            reject(error)
          },
        })
        signal.addEventListener('abort', cancel, { once: true })
        to.postMessage({ id, question } satisfies ToThread<Q>)
        if (signal.aborted) cancel()
      }),
    close: async () => {
      const closing = worker
      worker = undefined
      for (const { reject } of waiting.values()) reject(new Error('the thread was closed'))
      waiting.clear()
      await closing?.terminate()
    },
  }
}

/** The other side: answers one question after the other, with what the thread was given. For the file that a thread runs. */
export const answerThread = <D, Q, A, P = unknown>(
  open: (data: D) => (question: Q, signal: AbortSignal, say: (said: P) => void) => Promise<A>,
): void => {
  const port = parentPort
  if (isMainThread || port === null) throw new Error('this file is run by a thread of its own')
  const answer = open(workerData as D)
  const stops = new Map<number, AbortController>()
  const turn = inTurn()
  const say = (told: FromThread<A, P>): void => port.postMessage(told)
  const work = async (id: number, question: Q, signal: AbortSignal): Promise<void> => {
    try {
      say({ id, answer: await answer(question, signal, (said) => say({ id, said })) })
    } catch (error) {
      say({ id, failed: error instanceof Error ? error.message : String(error) })
    } finally {
      stops.delete(id)
    }
  }
  port.on('message', (told: ToThread<Q>) => {
    if ('cancelled' in told) return stops.get(told.id)?.abort()
    const stop = new AbortController()
    stops.set(told.id, stop)
    void turn(() => work(told.id, told.question, stop.signal))
    return undefined
  })
}
