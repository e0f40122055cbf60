import { setTimeout as pause } from 'node:timers/promises'
import type { Scheduler } from '../time/scheduler'

/** How long real sockets are given to answer before time goes on. */
const answer_ms = 12

/** Nobody sleeps so often within one step of time, unless for ever. */
const restless = 5_000

/**
 * Time that the test owns, above sockets that are real: it stands until it is told to go on, and then what was asked is
 * answered before it goes further. So ten minutes pass in a second, and nothing comes late by the machine's fault.
 */
export const ownedTime = (start = Date.parse('2020-03-12T10:00:00Z')) => {
  let now = start
  let sleepers: { readonly at: number; readonly wake: () => void }[] = []
  const scheduler: Scheduler = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve()
        const wake = (): void => {
          sleepers = sleepers.filter((one) => one.wake !== wake)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        sleepers.push({ at: now + ms, wake })
        signal?.addEventListener('abort', wake)
      }),
  }
  const goOn = async (ms: number, steps = 20): Promise<void> => {
    const until = now + ms
    for (let step = 1; step <= steps; step += 1) {
      const end = step === steps ? until : now + ms / steps
      await pause(answer_ms)
      for (let woken = 0; ; woken += 1) {
        if (woken > restless) throw new Error(`${woken} sleeps within ${ms} ms: somebody never comes to rest`)
        const next = sleepers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0]
        if (next === undefined) break
        now = Math.max(now, next.at)
        next.wake()
        await new Promise(setImmediate)
      }
      now = end
    }
    await pause(answer_ms)
  }
  /** Lets time go on, in small steps, until it holds; false where it did not within so much of that time. */
  const until = async (holds: () => boolean | Promise<boolean>, limit_ms = 60_000): Promise<boolean> => {
    for (let passed = 0; passed <= limit_ms; passed += 100) {
      if (await holds()) return true
      await goOn(100, 1)
    }
    return holds()
  }
  return { scheduler, goOn, until }
}
