import { genesis } from '@novation/events'
import { systemDisk } from '../disk/system-disk'
import { openThread } from '../process/thread'
import type { EventStore } from '../store/event-store'
import type { Beside } from './checkpoints'
import { Halted } from './halt'
import { historyOf } from './history'
import { type Place, type PlaceFiles, readPlace, writePlace } from './place-file'
import type { Fold } from './reactor'

export interface PlaceAsked {
  readonly pool: string
  readonly place: Place
}

export type PlaceWritten =
  | { readonly length: number }
  /** Of an error a thread hands on no more than its words. */
  | { readonly halted: Halted['reason']; readonly message: string }

/** A state, and which event it stands on. */
interface Stand<S> {
  readonly state: S
  readonly revision: number
  readonly hash: string
}

interface BesideGiven<S> extends Pick<PlaceFiles<S>, 'directory' | 'name'> {
  readonly fold: Fold<S>
  readonly store: EventStore
  readonly disk?: PlaceFiles<S>['disk']
}

/**
 * Writes down places of those who follow a ledger, in a state of its own that it folds from the store: what they were asked for at once would be
 * theirs too. Begins at the place that is kept. Rejects with `Halted` where the disk fails, and with why where history is not theirs.
 */
export const writeBeside = <S>({ directory, name, fold, store, disk = systemDisk }: BesideGiven<S>) => {
  const stands = new Map<string, Stand<S>>()
  const { snapshot } = fold
  if (snapshot === undefined) throw new TypeError(`no state of ${name} can be written down`)
  const files = { directory, name, snapshot, disk }

  const begun = async (pool: string): Promise<Stand<S>> => {
    try {
      const kept = await readPlace(files, pool)
      if (kept !== undefined) return { state: kept.state, revision: kept.place.revision, hash: kept.place.hash }
    } catch (error) {
      if (error instanceof Halted) throw error
    }
    return { state: fold.initial(pool), revision: -1, hash: genesis }
  }

  const foldedTo = async (pool: string, from: Stand<S>, to: Place): Promise<Stand<S>> => {
    let { state, revision, hash } = from
    for await (const event of historyOf(store, pool, revision + 1)) {
      if (event.revision > to.revision) break
      if (event.metadata.previousHash !== hash) break
      state = fold.evolve(state, event)
      revision = event.revision
      hash = event.metadata.hash
    }
    if (revision !== to.revision || hash !== to.hash)
      throw new Error(`no place is written at revision ${to.revision} of ${pool}: history came to another event there`)
    return { state, revision, hash }
  }

  return async ({ pool, place }: PlaceAsked): Promise<number> => {
    const from = stands.get(pool) ?? (await begun(pool))
    // What fails on the way is begun anew.
    stands.delete(pool)
    const stand = await foldedTo(pool, from, place)
    const length = await writePlace(files, pool, place, stand.state)
    stands.set(pool, stand)
    return length
  }
}

/** The same as an answer that a thread can give. */
export const answerBeside =
  (write: (asked: PlaceAsked) => Promise<number>) =>
  async (asked: PlaceAsked): Promise<PlaceWritten> => {
    try {
      return { length: await write(asked) }
    } catch (error) {
      if (error instanceof Halted) return { halted: error.reason, message: error.message }
      throw error
    }
  }

/** Who writes places down in a thread of its own, which runs this file with this data. */
export const besideIn = (file: string, data: unknown): Beside => {
  const thread = openThread<PlaceAsked, PlaceWritten>(file, data)
  const never = new AbortController().signal
  return {
    write: async (pool, place) => {
      const answer = await thread.ask({ pool, place }, never)
      if ('halted' in answer) throw new Halted(answer.halted, answer.message)
      return answer.length
    },
    close: thread.close,
  }
}
