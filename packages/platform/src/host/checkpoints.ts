import type { Disk } from '../disk/disk'
import { systemDisk } from '../disk/system-disk'
import { type AskedByName, askedBy, type Crew, crewIn } from './crew'
import { Halted } from './halt'
import { type Kept, type Place, readPlace, writePlace } from './place-file'
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
  /** Hears what has been followed, in its public form, before a place after it is saved; without it, nobody wants to know. */
  readonly hear?: (pool: string, texts: readonly string[]) => void
}

export const noCheckpoints = <S>(): Checkpoints<S> => ({
  load: async () => undefined,
  save: async () => undefined,
  flush: async () => undefined,
})

/** Writing so much of a checkpoint takes about as long as folding an event; while it is written, nothing is followed. */
const bytesPerEvent = 300

/** What these reactors had asked. A state in which others looked on says nothing about what these must ask. */
const askedOf = (place: Kept<unknown>['place'], names: readonly string[]): AskedByName => {
  const [name = ''] = names
  const asked = 'asked' in place ? place.asked : { [name]: place.sent }
  const kept = Object.keys(asked)
  if (kept.length !== names.length || names.some((each) => !kept.includes(each)))
    throw new TypeError(`it was kept by ${kept.join(', ')}, and not by ${names.join(', ')}`)
  return asked
}

/** Who writes places down for others, who go on meanwhile. */
export interface Beside {
  /** Hands on what has been followed, so that it need not be read in the store once more. */
  readonly hand: (pool: string, texts: readonly string[]) => void
  /** Writes down a place, in the state that history comes to there: how long the text is. */
  readonly write: (pool: string, place: Place) => Promise<number>
  /** Whatever is being written is given up. */
  readonly close: () => Promise<void>
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
  /** Writes them while the service runs; without it, nothing is followed meanwhile. The last one a service writes itself. */
  readonly beside?: Beside
  /** Hears why one could not be written beside: the next one may be. */
  readonly unwritten?: (reason: string) => void
  readonly disk?: Disk
}

const placeOf = <S>({ crew, revision, hash }: Followed<S>): Place => {
  const { groupEnd, mayChangeAnswers } = crew
  return { revision, hash, groupEnd, mayChangeAnswers, asked: askedBy(crew) }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Checkpoints of reactors in a directory, a file a pool, written now and then and when they stop. A file that this version
 * cannot use, that others kept or that was altered is passed over, and the store folded instead. On a `disk` that fails,
 * all three throw `Halted`: what was not kept was not acknowledged, and what may be there is not taken for nothing.
 */
export const fileCheckpoints = <S>(given: CheckpointFiles<S>): Checkpoints<S> => {
  const {
    directory,
    name,
    fold,
    reactors,
    every,
    passedOver,
    beside,
    unwritten = () => undefined,
    disk = systemDisk,
  } = given
  const { snapshot } = fold
  if (snapshot === undefined) return noCheckpoints<S>()
  const files = { directory, name, snapshot, disk }
  const names = reactors.map((reactor) => reactor.name)
  const next = new Map<string, number>()
  const noteWritten = (pool: string, revision: number, length: number): void =>
    void next.set(pool, revision + Math.max(every, Math.floor(length / bytesPerEvent)))

  const write = async (pool: string, followed: Followed<S>): Promise<void> =>
    noteWritten(pool, followed.revision, await writePlace(files, pool, placeOf(followed), followed.crew.state))

  /** Of which pools one is being written beside, and why there will be no more. */
  const writing = new Set<string>()
  let failure: Halted | undefined
  let isOver = false

  const haveWritten = async ({ write: writeBeside }: Beside, pool: string, place: Place): Promise<void> => {
    writing.add(pool)
    try {
      noteWritten(pool, place.revision, await writeBeside(pool, place))
    } catch (error) {
      if (error instanceof Halted) failure = error
      else if (!isOver) unwritten(wordsOf(error))
      noteWritten(pool, place.revision, 0)
    } finally {
      writing.delete(pool)
    }
  }

  return {
    ...(beside === undefined ? {} : { hear: beside.hand }),
    flush: async (pool, followed) => {
      isOver = true
      await beside?.close()
      await write(pool, followed)
    },
    save: async (pool, followed) => {
      if (failure !== undefined) throw failure
      if (followed.revision !== followed.crew.groupEnd) return
      if (followed.revision < (next.get(pool) ?? every - 1)) return
      if (beside === undefined) await write(pool, followed)
      else if (!writing.has(pool)) void haveWritten(beside, pool, placeOf(followed))
    },
    load: async (pool) => {
      try {
        const kept = await readPlace(files, pool)
        if (kept === undefined) return undefined
        const { place, state, length } = kept
        const asked = askedOf(place, names)
        const { revision, hash, groupEnd, mayChangeAnswers } = place
        noteWritten(pool, revision, length)
        return { revision, hash, crew: { ...crewIn(reactors, state, asked), groupEnd, mayChangeAnswers } }
      } catch (error) {
        if (error instanceof Halted) throw error
        passedOver(wordsOf(error))
        return undefined
      }
    },
  }
}
