import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { type CheckAll, openVerifier } from '@novation/events'
import { openThread, type Thread } from '../process/thread'
import { parcelOf } from './parcel'

/** Threads that check signatures, while the one that decides does something else. */
export interface Checkers {
  readonly check: CheckAll
  readonly close: () => Promise<void>
}

/** One core is left to whoever decides; beyond these it would not keep up. */
const most = 8

const spare = (): number => Math.min(most, Math.max(1, availableParallelism() - 1))

interface Checker {
  readonly thread: Thread<readonly string[], readonly boolean[]>
  /** How many claims it has not answered yet. */
  busy: number
}

/**
 * So many threads, which begin with the first claims. What is asked together is checked by one of them, by whichever has least to
 * do: a whole slice costs the asker one message, where each signature by itself would cost it a job of its own.
 */
export const openCheckers = (threads: number = spare()): Checkers => {
  const file = join(__dirname, `thread${extname(__filename)}`)
  const checkers = Array.from({ length: threads }, (): Checker => ({ thread: openThread(file, undefined), busy: 0 }))
  const verify = openVerifier()
  const idlest = (): Checker | undefined =>
    checkers.reduce<Checker | undefined>(
      (best, each) => (best === undefined || each.busy < best.busy ? each : best),
      undefined,
    )

  const check: CheckAll = async (claims) => {
    const checker = idlest()
    try {
      if (checker === undefined) throw new Error('there are no threads')
      checker.busy += claims.length
      return await checker.thread.ask(parcelOf(claims), new AbortController().signal)
    } catch {
      // A thread that died is no reason to believe a signature, or not to: it is checked here.
      return claims.map(({ key, text, signature }) => verify(key, text, signature))
    } finally {
      if (checker !== undefined) checker.busy -= claims.length
    }
  }

  return {
    check,
    close: async () => {
      await Promise.all(checkers.map(({ thread }) => thread.close()))
    },
  }
}
