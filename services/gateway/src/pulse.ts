import { isService, type LedgerEvent, roleOf, serviceRoles } from '@novation/events'
import type { Delivery } from '@novation/platform'

/** What was last decided of what a service asked, and how often something was. */
export interface Heard {
  readonly service: string
  readonly commands: number
  readonly last: { readonly revision: number; readonly at: string; readonly type: string } | undefined
}

/** Records that were turned away for one reason: how many, and when the last of them was heard of. */
export interface Buried {
  readonly code: string
  readonly count: number
  readonly heard_at: number
}

export interface PoolPulse {
  /** The first revision that is counted here. */
  readonly from: number | undefined
  readonly services: readonly Heard[]
  /** When the newest event came, by this gateway's own clock. */
  readonly heard_at: number | undefined
}

interface Counted {
  from: number
  heard_at: number
  readonly services: Map<string, Heard & { readonly last: NonNullable<Heard['last']> }>
}

/** The services that ask something by themselves. */
const asking = serviceRoles.filter((role) => role !== 'gateway')
/** Reasons are out of a closed list; who writes onto the bus by himself may give any. */
const reasons = 50

/** What this gateway has heard of the services of the mesh since it was opened: what each asked last, and what the ledger turned away. */
export const keepPulse = (now: () => number) => {
  const pools = new Map<string, Counted>()
  const letters = new Map<string, Buried>()

  return {
    since: now(),
    /** A command of somebody's was decided: these are its events. */
    decided: (pool: string, [first]: readonly LedgerEvent[]): void => {
      if (first === undefined) return
      const counted = pools.get(pool) ?? { from: first.revision, heard_at: 0, services: new Map() }
      pools.set(pool, counted)
      counted.heard_at = now()
      const { actor, command } = first.metadata
      const service = isService(actor) ? roleOf(actor) : undefined
      if (service === undefined) return
      counted.services.set(service, {
        service,
        commands: (counted.services.get(service)?.commands ?? 0) + 1,
        last: { revision: first.revision, at: first.at, type: command?.type ?? first.type },
      })
    },
    /** The ledger turned a record away. */
    buried: ({ headers: { dead_reason: code = 'malformed' } }: Pick<Delivery, 'headers'>): void => {
      if (!letters.has(code) && letters.size >= reasons) return
      letters.set(code, { code, count: (letters.get(code)?.count ?? 0) + 1, heard_at: now() })
    },
    of: (pool: string): PoolPulse => {
      const counted = pools.get(pool)
      return {
        from: counted?.from,
        heard_at: counted?.heard_at,
        services: asking.map(
          (service): Heard => counted?.services.get(service) ?? { service, commands: 0, last: undefined },
        ),
      }
    },
    letters: (): readonly Buried[] => [...letters.values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
  }
}

export type Pulse = ReturnType<typeof keepPulse>
