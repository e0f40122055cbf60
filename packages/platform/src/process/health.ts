import type { Scheduler } from '../time/scheduler'

/** One thing that must be well. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
}

/** How a process is: whether it lives (else restart it), and whether it is ready (else send it nothing). */
export interface Health {
  /** The consumer of a service did something. */
  readonly active: (service: string) => void
  readonly ready: (what: string) => void
  readonly live: () => readonly Check[]
  readonly readiness: () => readonly Check[]
  /** Seconds since each service's consumer last did anything. */
  readonly idle: () => ReadonlyMap<string, number>
}

/**
 * Liveness is the age of the last thing a consumer did, not "the process is up": a consumer that stalled keeps a process
 * alive and does nothing. `expected` names all that must have caught up before the process is ready.
 */
export const openHealth = (
  services: readonly string[],
  expected: readonly string[],
  stalledAfter_ms: number,
  scheduler: Scheduler,
): Health => {
  const last = new Map(services.map((service) => [service, scheduler.now()]))
  const caughtUp = new Set<string>()
  const age_s = (at: number): number => (scheduler.now() - at) / 1000
  return {
    active: (service) => last.set(service, scheduler.now()),
    ready: (what) => caughtUp.add(what),
    live: () =>
      [...last].map(([name, at]) => ({
        name,
        ok: scheduler.now() - at <= stalledAfter_ms,
        detail: `last active ${age_s(at).toFixed(1)} s ago`,
      })),
    readiness: () =>
      expected.map((name) => ({
        name,
        ok: caughtUp.has(name),
        detail: caughtUp.has(name) ? 'caught up' : 'still reading history',
      })),
    idle: () => new Map([...last].map(([name, at]) => [name, age_s(at)])),
  }
}
