import { signal } from '@preact/signals'
import { openLine } from './line'

/** Where something happened for the first time. */
export interface First {
  readonly revision: number
  readonly at: string
}

/**
 * Looks for the first event of a kind in a history that grows: one question at a time, and what was looked through is not looked through
 * again. Who could not be asked is asked the same with the next.
 */
export const openFirst = (find: (from: number, to: number) => Promise<First | undefined>) => {
  const found = signal<First | undefined>(undefined)
  const line = openLine()
  let next = 0
  const look = async (to: number): Promise<void> => {
    if (found.value !== undefined || to < next) return
    found.value = await find(next, to)
    next = to + 1
  }
  return {
    found,
    lookUpTo: (to: number): void => {
      if (found.value === undefined && to >= next) line.want({ work: () => look(to).catch(() => undefined) })
    },
    /** Comes back once nothing is asked. */
    rested: line.rested,
  }
}
