import type { Scheduler } from '@novation/platform'
import type { Timeline } from './timeline'

/**
 * One life of one process. Once it is over, nothing that it waits for ever comes back: its promises stay open for good,
 * as those of a killed process do.
 */
export interface Life {
  readonly name: string
  readonly isOver: () => boolean
  readonly kill: () => void
}

export const beginLife = (name: string): Life => {
  let over = false
  return {
    name,
    isOver: () => over,
    kill: () => {
      over = true
    },
  }
}

/** Answers a process after so long, if it still lives then. */
export const answerAfter = <A>(timeline: Timeline, life: Life, ms: number, answer: () => A): Promise<A> =>
  new Promise((resolve) => {
    timeline.after(ms, () => {
      if (!life.isOver()) resolve(answer())
    })
  })

/** A process's own clock, which may be wrong by `skew_ms`, and its timers. */
export const schedulerOf = (timeline: Timeline, life: Life, skew_ms: () => number): Scheduler => ({
  now: () => Math.floor(timeline.now() + skew_ms()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake)
        if (!life.isOver()) resolve()
      }
      if (signal?.aborted === true) return resolve()
      signal?.addEventListener('abort', wake)
      timeline.after(ms, wake)
    }),
})
