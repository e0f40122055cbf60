import type { Millis } from '@novation/events'
import type { Scheduler } from '../time/scheduler'

/** What keeps the store from this process: it cannot be reached, or it does not let this user do what must be done. */
export type Trouble = 'away' | 'forbidden'

/** The store is not there for this process, since when, and why. */
export interface Standing {
  readonly why: Trouble
  readonly since: Millis
  readonly reason: string
}

/** A reader waited for as long as it might, or was not let in: the reason is in words, and never empty. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble'
  constructor(
    readonly why: Trouble,
    reason: string,
  ) {
    super(reason)
  }
}

/** One way into the store, which tells how it fares: writing may be forbidden while reading goes well. */
export interface Door {
  failed(why: Trouble, reason: string): void
  well(): void
}

/** Hears of every failure what the store's standing is since, and nothing once all is well again. */
export type Heard = (standing: Standing | undefined) => void

/** The doors of one store. Its standing is that of the door which has been shut the longest. */
export const openDoors = (scheduler: Scheduler, heard: Heard = () => undefined): (() => Door) => {
  const shut = new Map<Door, Standing>()
  const tell = () => heard([...shut.values()].reduce<Standing | undefined>(longer, undefined))
  return () => {
    const door: Door = {
      failed: (why, reason) => {
        shut.set(door, { why, reason, since: shut.get(door)?.since ?? scheduler.now() })
        tell()
      },
      well: () => {
        if (shut.delete(door)) tell()
      },
    }
    return door
  }
}

const longer = (one: Standing | undefined, other: Standing): Standing =>
  one !== undefined && one.since <= other.since ? one : other
