import type { Standing } from '../store/standing'
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
  /** How the store stands for this process: nothing where it is well. */
  readonly store: (standing: Standing | undefined) => void
  readonly live: () => readonly Check[]
  readonly readiness: () => readonly Check[]
  /** Seconds for which the store has not been there for this process, by why. */
  readonly without: () => Readonly<Record<Standing['why'], number>>
  /** Seconds since each service's consumer last did anything. */
  readonly idle: () => ReadonlyMap<string, number>
}

const words: Readonly<Record<Standing['why'], string>> = {
  away: 'store away',
  forbidden: 'store does not let this user in',
}

const timeOf = ({ since }: Standing): string => new Date(since).toISOString()

/**
 * Liveness is the age of the last thing a consumer did, not "the process is up": a consumer that stalled keeps a process
 * alive and does nothing. Where the store is away, all wait for it, and to begin anew would help nobody. `expected` names all that must have caught up before the process is ready.
 */
export const openHealth = (
  services: readonly string[],
  expected: readonly string[],
  stalledAfter_ms: number,
  scheduler: Scheduler,
): Health => {
  const last = new Map(services.map((service) => [service, scheduler.now()]))
  const caughtUp = new Set<string>()
  let standing: Standing | undefined
  const age_s = (at: number): number => (scheduler.now() - at) / 1000
  return {
    active: (service) => last.set(service, scheduler.now()),
    ready: (what) => caughtUp.add(what),
    store: (now) => {
      // Who waited for the store has done so until now, and is not stalled by that.
      if (standing !== undefined && now === undefined) for (const name of last.keys()) last.set(name, scheduler.now())
      standing = now
    },
    live: () =>
      [...last].map(([name, at]) => ({
        name,
        ok: standing !== undefined || scheduler.now() - at <= stalledAfter_ms,
        detail: `last active ${age_s(at).toFixed(1)} s ago`,
      })),
    readiness: () => [
      {
        name: 'store',
        ok: standing === undefined,
        detail:
          standing === undefined ? 'there' : `${words[standing.why]} since ${timeOf(standing)}: ${standing.reason}`,
      },
      ...expected.map((name) => ({
        name,
        ok: caughtUp.has(name),
        detail: caughtUp.has(name) ? 'caught up' : 'still reading history',
      })),
    ],
    without: () => ({
      away: standing?.why === 'away' ? age_s(standing.since) : 0,
      forbidden: standing?.why === 'forbidden' ? age_s(standing.since) : 0,
    }),
    idle: () => new Map([...last].map(([name, at]) => [name, age_s(at)])),
  }
}
