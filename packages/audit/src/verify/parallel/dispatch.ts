import type { Answer, Part } from './messages'
import type { Threads } from './threads'

/** Sends parts to the thread that has least to do, all parts of a piece to the same, and keeps their answers. */
export interface Dispatch {
  readonly send: (part: Part) => void
  /** Waits while threads have more before them than they should; nothing waits for a thread that died, or on after an interruption. */
  readonly room: () => Promise<void>
  readonly all: () => Promise<void>
  readonly isAllDone: () => boolean
  /** Events that were answered for. */
  readonly done: () => number
  readonly isSound: () => boolean
  /** What the pieces came to, by number, as far as each is known. */
  readonly ends: readonly (Answer['end'] | undefined)[]
}

/** So many events may wait for each thread: enough that none is idle, and few enough to be held. */
const ahead = 40_000

export const dispatchTo = (threads: Threads, signal?: AbortSignal): Dispatch => {
  const before = Array.from({ length: threads.size }, () => 0)
  const ends: (Answer['end'] | undefined)[] = []
  let thread = 0
  let waiting = 0
  let unanswered = 0
  let done = 0
  let isSound = true
  let dead: Error | undefined
  let wake: () => void = () => undefined
  void threads.failed.then((error) => {
    dead = error
    wake()
  })
  signal?.addEventListener('abort', () => wake(), { once: true })
  const answered =
    (by: number) =>
    ({ piece, events, isSound: holds, end }: Answer): void => {
      before[by] = (before[by] ?? 0) - events
      waiting -= events
      unanswered -= 1
      done += events
      isSound &&= holds
      if (end !== undefined) ends[piece] = end
      wake()
    }
  const until = async (isEnough: () => boolean): Promise<void> => {
    while (isSound && signal?.aborted !== true && !isEnough()) {
      if (dead !== undefined) throw dead
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    if (dead !== undefined) throw dead
  }
  return {
    send: (part) => {
      if (part.begin !== undefined) thread = before.indexOf(Math.min(...before))
      before[thread] = (before[thread] ?? 0) + part.parcel.count
      waiting += part.parcel.count
      unanswered += 1
      threads.send(thread, part, answered(thread))
    },
    room: () => until(() => waiting <= ahead * threads.size),
    all: () => until(() => unanswered === 0),
    isAllDone: () => unanswered === 0,
    done: () => done,
    isSound: () => isSound,
    ends,
  }
}
