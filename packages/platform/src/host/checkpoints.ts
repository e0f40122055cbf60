import { join } from 'node:path'
import type { Disk } from '../disk/disk'
import { replaceFile } from '../disk/replace-file'
import { sealText, unsealText } from '../disk/sealed-text'
import { systemDisk } from '../disk/system-disk'
import type { Sent } from './asking'
import { type AskedByName, askedBy, type Crew, crewIn } from './crew'
import { Halted } from './halt'
import type { Fold, Reactor } from './reactor'

/** How far reactors on one state have followed one pool. */
export interface Followed<S> {
  readonly crew: Crew<S>
  readonly revision: number
  readonly hash: string
}

/** Where their place and state outlive their process (protocol 14). Losing them costs a fold from the store, never more. */
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
  readonly asked: AskedByName
  readonly state: unknown
}

/** As it was kept while each reactor had a state of its own. */
interface SavedAlone extends Omit<Saved, 'asked'> {
  readonly sent: readonly (readonly [string, Sent])[]
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

/** What these reactors had asked. A state in which others looked on says nothing about what these must ask. */
const askedOf = (saved: Saved | SavedAlone, names: readonly string[]): AskedByName => {
  const [name = ''] = names
  const asked = 'asked' in saved ? saved.asked : { [name]: saved.sent }
  const kept = Object.keys(asked)
  if (kept.length !== names.length || names.some((each) => !kept.includes(each)))
    throw new TypeError(`it was kept by ${kept.join(', ')}, and not by ${names.join(', ')}`)
  return asked
}

export interface CheckpointFiles<S> {
  readonly directory: string
  /** What the files are named after, beside the pool. */
  readonly name: string
  readonly fold: Fold<S>
  readonly reactors: readonly Reactor<S>[]
  /** One is written every so many events; less often where the state is so large that folding those again is quicker. */
  readonly every: number
  /** Hears why one is not used. */
  readonly passedOver: (reason: string) => void
  readonly disk?: Disk
}

/**
 * Checkpoints of reactors in a directory, a file a pool, written now and then and when they stop. A file that this version
 * cannot use, that others kept or that was altered is passed over, and the store folded instead. On a `disk` that fails,
 * all three throw `Halted`: what was not kept was not acknowledged, and what may be there is not taken for nothing.
 */
export const fileCheckpoints = <S>(files: CheckpointFiles<S>): Checkpoints<S> => {
  const { directory, name, fold, reactors, every, passedOver, disk = systemDisk } = files
  const { snapshot } = fold
  if (snapshot === undefined) return noCheckpoints<S>()
  const names = reactors.map((reactor) => reactor.name)
  const pathOf = (pool: string) => join(directory, `${name.replaceAll(':', '-')}-${pool}.json`)
  const next = new Map<string, number>()
  const noteWritten = (pool: string, revision: number, { length }: string): void =>
    void next.set(pool, revision + Math.max(every, Math.floor(length / bytesPerEvent)))

  const flush = async (pool: string, { crew, revision, hash }: Followed<S>): Promise<void> => {
    const { state, groupEnd, mayChangeAnswers } = crew
    const text = sealText({
      revision,
      hash,
      groupEnd,
      mayChangeAnswers,
      asked: askedBy(crew),
      state: snapshot.write(state),
    })
    await replaceFile(disk, pathOf(pool), text)
    noteWritten(pool, revision, text)
  }

  return {
    flush,
    save: async (pool, followed) => {
      if (followed.revision !== followed.crew.groupEnd) return
      if (followed.revision >= (next.get(pool) ?? every - 1)) await flush(pool, followed)
    },
    load: async (pool) => {
      const text = await textOf(disk, pathOf(pool))
      if (text === undefined) return undefined
      try {
        const saved = unsealText(text).value as Saved | SavedAlone
        const asked = askedOf(saved, names)
        const { revision, hash, groupEnd, mayChangeAnswers } = saved
        const read = snapshot.read(saved.state)
        if (read._tag === 'Left') throw new TypeError(read.left)
        noteWritten(pool, revision, text)
        return { revision, hash, crew: { ...crewIn(reactors, read.right, asked), groupEnd, mayChangeAnswers } }
      } catch (error) {
        passedOver(error instanceof Error ? error.message : String(error))
        return undefined
      }
    },
  }
}
