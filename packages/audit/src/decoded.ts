import { decodeEvent, type LedgerEvent, type Stored } from '@novation/events'

/** An event that nobody can read stops whoever reads it: what follows could not be understood either. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  constructor(
    readonly revision: number,
    reason: string,
  ) {
    super(reason)
  }
}

/** Reads a stored event, brought up to today's schema, or throws `Unreadable`. */
export const readEvent = (stored: Stored): LedgerEvent => {
  const event = decodeEvent(stored)
  if (event._tag === 'Left') throw new Unreadable(stored.revision, event.left)
  return event.right
}
