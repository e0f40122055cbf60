import { join } from 'node:path'
import type { Disk } from '../disk/disk'
import { replaceFile } from '../disk/replace-file'
import { sealText, unsealText } from '../disk/sealed-text'
import { systemDisk } from '../disk/system-disk'
import { type Asking, askingIn, type Sent } from './asking'
import { Halted } from './halt'
import type { Reactor } from './reactor'

/** How far a reactor has followed one pool. */
export interface Followed<S> {
  readonly asking: Asking<S>
  readonly revision: number
  readonly hash: string
}

/** Where a reactor's place and state outlive its process (protocol 14). Losing them costs a fold from the store, never more. */
export interface Checkpoints<S> {
  readonly load: (pool: string) => Promise<Followed<S> | undefined>
  /** May keep what it is given for later; `flush` does not. */
  readonly save: (pool: string, followed: Followed<S>) => Promise<void>
  readonly flush: (pool: string, followed: Followed<S>) => Promise<void>
}

export const noCheckpoints = <S>(): Checkpoints<S> => ({
  load: async () => undefined,
  save: async () => undefined,
  flush: async () => undefined,
})

interface Saved {
  readonly revision: number
  readonly hash: string
  readonly groupEnd: number
  readonly mayChangeAnswers: boolean
  readonly sent: readonly (readonly [string, Sent])[]
  readonly state: unknown
}

const textOf = async (disk: Disk, path: string): Promise<string | undefined> => {
  try {
    return await disk.read(path)
  } catch (error) {
    throw new Halted('disk-failed', `${path} cannot be read: ${(error as Error).message}`)
  }
}

/** Writing so much of a checkpoint takes about as long as folding an event; while it is written, nothing is followed. */
const bytesPerEvent = 300

/**
 * Checkpoints of a reactor in a directory, written every `every` events (less often where the state is so large that
 * folding those again is quicker than writing it) and when it stops. A file that this version did not write, or that was
 * altered, is passed over and the store folded instead; `passedOver` hears why. On a `disk` that fails, all three
 * throw `Halted`: what was not kept was not acknowledged, and what may be there is not taken for nothing.
 */
export const fileCheckpoints = <S>(
  directory: string,
  reactor: Reactor<S>,
  every: number,
  passedOver: (reason: string) => void,
  disk: Disk = systemDisk,
): Checkpoints<S> => {
  const { snapshot } = reactor
  if (snapshot === undefined) return noCheckpoints<S>()
  const pathOf = (pool: string) => join(directory, `${reactor.name.replaceAll(':', '-')}-${pool}.json`)
  const next = new Map<string, number>()
  const noteWritten = (pool: string, revision: number, { length }: string): void =>
    void next.set(pool, revision + Math.max(every, Math.floor(length / bytesPerEvent)))

  const flush = async (pool: string, { asking, revision, hash }: Followed<S>): Promise<void> => {
    const { state, sent, groupEnd, mayChangeAnswers } = asking
    const saved: Saved = { revision, hash, groupEnd, mayChangeAnswers, sent: [...sent], state: snapshot.write(state) }
    const text = sealText(saved)
    await replaceFile(disk, pathOf(pool), text)
    noteWritten(pool, revision, text)
  }

  return {
    flush,
    save: async (pool, followed) => {
      if (followed.revision !== followed.asking.groupEnd) return
      if (followed.revision >= (next.get(pool) ?? every - 1)) await flush(pool, followed)
    },
    load: async (pool) => {
      const text = await textOf(disk, pathOf(pool))
      if (text === undefined) return undefined
      try {
        const { revision, hash, groupEnd, mayChangeAnswers, sent, state } = unsealText(text).value as Saved
        const read = snapshot.read(state)
        if (read._tag === 'Left') throw new TypeError(read.left)
        noteWritten(pool, revision, text)
        return { revision, hash, asking: { ...askingIn(read.right, sent), groupEnd, mayChangeAnswers } }
      } catch (error) {
        passedOver(error instanceof Error ? error.message : String(error))
        return undefined
      }
    },
  }
}
