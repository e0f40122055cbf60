import type { Stored } from '@novation/events'
import { quiet } from '@novation/platform'

/** A history as it is read, in order: from a store, from a file, from memory. */
export type History = AsyncIterable<Stored> | Iterable<Stored>

/** How far long work has come. What it means in time is for whoever has a clock. */
export interface Progress {
  /** Events done, counted from where the work began. */
  readonly done: number
  /** How many there will be, where that is known. */
  readonly total?: number
  /** The revision reached. */
  readonly revision: number
}

export interface Walk {
  /** Stops between two events once it is aborted; what has been done stands. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
  readonly total?: number
}

/** How many events pass between two words of progress, and before anybody else (a Ctrl-C) gets their turn. */
const stride = 1000

/** How a walk ends before the history does; nothing where it goes on. */
type Ending = 'enough' | 'interrupted' | undefined

/**
 * Takes each event in turn until `step` has seen enough (`false`) or somebody interrupts. Answers whether the history
 * was read to its end.
 */
export const walk = async (
  history: History,
  step: (event: Stored) => boolean | Promise<boolean>,
  { signal, onProgress, total }: Walk = {},
): Promise<'ended' | 'enough' | 'interrupted'> => {
  let done = 0
  const tell = (revision: number): void => onProgress?.({ done, revision, ...(total === undefined ? {} : { total }) })
  const settled = async ({ revision }: Stored, answer: boolean | Promise<boolean>): Promise<Ending> => {
    const more = await answer
    done += 1
    if (!more) return 'enough'
    if (done % stride === 0) {
      tell(revision)
      await quiet()
    }
    return undefined
  }
  // Most steps answer at once, and what is at hand comes at once: waiting for each would cost more than some of them do.
  const take = (event: Stored): Ending | Promise<Ending> => {
    if (signal?.aborted === true) return 'interrupted'
    const answer = step(event)
    if (answer !== true || (done + 1) % stride === 0) return settled(event, answer)
    done += 1
    return undefined
  }
  if (Symbol.iterator in history)
    for (const event of history) {
      const taken = take(event)
      const ending = taken instanceof Promise ? await taken : taken
      if (ending !== undefined) return ending
    }
  else
    for await (const event of history) {
      const taken = take(event)
      const ending = taken instanceof Promise ? await taken : taken
      if (ending !== undefined) return ending
    }
  return signal?.aborted === true ? 'interrupted' : 'ended'
}
