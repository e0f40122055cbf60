import { setTimeout } from 'node:timers/promises'
import { accessDenied, notReady, timedOut, unauthenticated } from './call-error'

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
  /** Done, and from then on every open connection swallows what it is given: no answer, and no end. */
  | { readonly kind: 'freeze' }
  /** Given up by the server, without a word why, and done after all a while later. */
  | { readonly kind: 'timeout'; readonly delay_ms: number }
  /** The caller has no right to it. */
  | { readonly kind: 'forbid' }
  /** The caller's password is not theirs: the whole call ends. */
  | { readonly kind: 'unauthenticated' }
  /** The server ends, as it does on a full disk: not done, and nobody gets in until it is opened again. */
  | { readonly kind: 'full-disk' }
  /** Done, and before the answer the server at that port leads. */
  | { readonly kind: 'depose'; readonly leader_port: number }

export type Operation = 'connect' | 'append' | 'read'

export interface Faults {
  /** Lets the next `times` calls of one kind go wrong; the newest arming of a kind counts. */
  arm(operation: Operation, fault: Fault, times?: number): void
  /** All is well again. */
  heal(): void
}

const never = <A>(): Promise<A> => new Promise(() => undefined)

/** What a fault does to more than its own call. */
export interface Around {
  drop(): void
  freeze(): void
  shut(): void
  follow(leader_port: number): void
}

export interface FaultyHandling extends Faults {
  /** Does what a call asks for, or goes wrong as armed. */
  meet<A>(operation: Operation, work: () => A): Promise<A>
}

export const openFaults = (around: Around): FaultyHandling => {
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
        throw notReady()
      case 'forbid':
        throw accessDenied()
      case 'unauthenticated':
        throw unauthenticated()
      case 'timeout':
        void setTimeout(fault.delay_ms).then(work)
        throw timedOut()
      case 'silent':
        return never()
      case 'mute':
        work()
        return never()
      case 'drop':
        around.drop()
        return never()
      case 'drop-after':
        work()
        around.drop()
        return never()
      case 'freeze':
        work()
        around.freeze()
        return never()
      case 'full-disk':
        around.shut()
        return never()
      case 'depose':
        work()
        around.follow(fault.leader_port)
        around.drop()
        return never()
    }
  }

  return {
    arm: (operation, fault, times = Number.POSITIVE_INFINITY) => void armed.set(operation, { fault, left: times }),
    heal: () => armed.clear(),
    meet,
  }
}
