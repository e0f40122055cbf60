/** Where followers sleep until something was appended in this process. */
export interface Bell {
  ring(): void
  /** How often it rang: taken before looking, so that a ring between looking and sleeping is not missed. */
  rings(): number
  /** Settles at the first ring after `since`, after `timeout_ms` at the latest, or when `signal` aborts. */
  wait(since: number, timeout_ms: number, signal: AbortSignal): Promise<void>
}

export const hangBell = (): Bell => {
  const sleepers = new Set<() => void>()
  let rings = 0
  return {
    ring: () => {
      rings += 1
      for (const wake of sleepers) wake()
    },
    rings: () => rings,
    wait: (since, timeout_ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || rings !== since) return resolve()
        const wake = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          sleepers.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, timeout_ms)
        signal.addEventListener('abort', wake)
        sleepers.add(wake)
      }),
  }
}
