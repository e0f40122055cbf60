import type { LedgerEvent } from '@novation/events'
import type { Hosted } from '@novation/platform'

/** Hears every event in its order, history included, and asks for nothing. */
export const observer = (hear: (event: LedgerEvent) => void): Hosted => ({
  feed: (event) => {
    hear(event)
    return []
  },
})
