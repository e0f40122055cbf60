import { setTimeout } from 'node:timers/promises'

/** What can go wrong with a call, as a network and a server do it. */
export type Fault =
  /** Refused as unavailable, and not done. */
  | { readonly kind: 'refuse' }
  /** Taken, not done, never answered. */
  | { readonly kind: 'silent' }
  /** Done, and never answered. */
  | { readonly kind: 'mute' }
  /** The connection breaks before it is done. */
  | { readonly kind: 'drop' }
  /** Done, and the connection breaks before the answer. */
  | { readonly kind: 'drop-after' }
  | { readonly kind: 'slow'; readonly delay_ms: number }

export type Operation = 'connect' | 'append' | 'read'

export interface Faults {
  /** Lets the next `times` calls of one kind go wrong; the newest arming of a kind counts. */
  arm(operation: Operation, fault: Fault, times?: number): void
  /** All is well again. */
  heal(): void
}

/** Thrown into a handler, which answers that the server is not available. */
export class Refused extends Error {}

const never = <A>(): Promise<A> => new Promise(() => undefined)

export interface FaultyHandling extends Faults {
  /** Does what a call asks for, or goes wrong as armed. */
  meet<A>(operation: Operation, work: () => A): Promise<A>
}

export const openFaults = (dropConnections: () => void): FaultyHandling => {
  const armed = new Map<Operation, { readonly fault: Fault; left: number }>()

  const next = (operation: Operation): Fault | undefined => {
    const current = armed.get(operation)
    if (current === undefined || current.left <= 0) return undefined
    current.left -= 1
    return current.fault
  }

  const meet = async <A>(operation: Operation, work: () => A): Promise<A> => {
    const fault = next(operation)
    switch (fault?.kind) {
      case undefined:
        return work()
      case 'slow':
        await setTimeout(fault.delay_ms)
        return work()
      case 'refuse':
        throw new Refused()
      case 'silent':
        return never()
      case 'mute':
        work()
        return never()
      case 'drop':
        dropConnections()
        return never()
      case 'drop-after':
        work()
        dropConnections()
        return never()
    }
  }

  return {
    arm: (operation, fault, times = Number.POSITIVE_INFINITY) => void armed.set(operation, { fault, left: times }),
    heal: () => armed.clear(),
    meet,
  }
}
