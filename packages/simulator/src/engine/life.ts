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

/** What is wrong with a process's clock: how far it is off, the least it tells apart, and how much later a timer rings. */
export interface Clockwork {
  readonly skew_ms: () => number
  readonly grain_ms: number
  readonly late_ms: () => number
}

export const rightClock: Clockwork = { skew_ms: () => 0, grain_ms: 1, late_ms: () => 0 }

/** A process's own clock, and its timers. */
export const schedulerOf = (timeline: Timeline, life: Life, clock: Clockwork): Scheduler => ({
  now: () => Math.floor((timeline.now() + clock.skew_ms()) / clock.grain_ms) * clock.grain_ms,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const wake = (): void => {
        signal?.removeEventListener('abort', wake)
        if (!life.isOver()) resolve()
      }
      if (signal?.aborted === true) return resolve()
      signal?.addEventListener('abort', wake)
      timeline.after(ms + clock.late_ms(), wake)
    }),
})
