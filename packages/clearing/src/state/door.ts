import type { Millis } from '@novation/events'
import type { Pool } from './pool'

/** Before every time there is. */
export const openDoor: Millis = -8.64e15

/**
 * The latest `ledger time - idempotency_s` so far. Commands whose own time lies before it are not decided any more (protocol
 * 7), so that their outcomes need not be known. It never goes back, also where the pool remembers longer from now on: what
 * was forgotten could come back.
 */
export const doorAt = ({ door, at, parameters: { idempotency_s: memory } }: Pool): Millis =>
  memory === undefined ? door : Math.max(door, at - memory * 1000)
