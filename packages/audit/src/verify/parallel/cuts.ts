import type { Stored } from '@novation/events'
import type { Label } from '../../snapshots/shelf'
import { beginsCommand } from './earlier'
import type { Task } from './messages'

/** Where a history may be cut into pieces. */
export interface Cuts {
  /** Whether a piece may end before this event, so many events after it began; and the snapshot of just there. */
  readonly before: (event: Stored, length: number) => { readonly snapshot?: Label } | undefined
}

/** A chain may be cut anywhere; a state only where a snapshot was taken, between two commands. */
export const cutsAt = ({ depth }: Task, labels: readonly Label[], least: number): Cuts => {
  const byRevision = new Map(labels.map((label) => [label.revision, label]))
  return {
    before: (event, length) => {
      if (length < least) return undefined
      if (depth === 'chain') return {}
      const snapshot = byRevision.get(event.revision - 1)
      return snapshot !== undefined && beginsCommand(event) ? { snapshot } : undefined
    },
  }
}
