import { decodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { Halted } from '@novation/platform'

/**
 * Reads a stored event, brought up to today's schema. One that nobody can read halts whoever reads it: what follows
 * could not be understood either.
 */
export const readEvent = (stored: Stored): LedgerEvent => {
  const event = decodeEvent(stored)
  if (event._tag === 'Left') throw new Halted('broken-history', event.left)
  return event.right
}
