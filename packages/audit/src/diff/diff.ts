import { type Book, copyOf, evolveForReading } from '@novation/clearing'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import type { ReadFrom } from '../snapshots/state-at'
import { type Walk, walk } from '../walk'
import { type Differences, differencesOf } from './differences'
import { newRegister } from './movements'

export interface Diff extends Differences {
  readonly pool: string
  readonly from: number
  readonly to: number
  /** Events after `from`, up to `to`. */
  readonly events: number
}

/**
 * What differs between a state (`before`: at a place, or of no event yet) and the state at a later place, and which events
 * in between made each difference: every balance moves by postings only, so those of its events add up to its change.
 * Nothing where it was interrupted.
 */
export const diff = async (before: Book, to: Place, read: ReadFrom, how: Walk = {}): Promise<Diff | undefined> => {
  const register = newRegister()
  const pool = copyOf(before)
  const passed = await walk(
    read(before.revision + 1),
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(to, event)) return false
      register.note(event)
      void evolveForReading(pool, event)
      return true
    },
    how,
  )
  if (passed === 'interrupted') return undefined
  return {
    pool: before.name,
    from: before.revision,
    to: pool.revision,
    events: pool.revision - before.revision,
    ...differencesOf(before, pool, register),
  }
}
