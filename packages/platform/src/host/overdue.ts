import type { Millis } from '@novation/events'
import { patience_ms } from './asking'

/** How often is looked for what has waited too long. */
export const round_ms = patience_ms / 6

/** Since when what is unanswered has waited, by the clock of the host. */
export interface Waiting {
  /** Of all that is unanswered now, what has waited too long; that begins to wait anew. */
  readonly overdue: (unanswered: readonly string[], now: Millis) => ReadonlySet<string>
}

/** What nobody has looked at before begins to wait when it is first looked at. */
export const startWaiting = (): Waiting => {
  let since = new Map<string, Millis>()
  return {
    overdue: (unanswered, now) => {
      const before = since
      since = new Map(unanswered.map((id) => [id, before.get(id) ?? now]))
      const overdue = new Set(unanswered.filter((id) => now - (since.get(id) ?? now) >= patience_ms))
      for (const id of overdue) since.set(id, now)
      return overdue
    },
  }
}
