import { decodePublicText, genesis, type LedgerEvent } from '@novation/events'
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

/** Events in their public form, one after the other, as a service has read them. */
export interface EventsHanded {
  readonly pool: string
  readonly texts: readonly string[]
}

export type BesideAsked = PlaceAsked | EventsHanded

export type BesideAnswer =
  | { readonly length: number }
  | { readonly taken: true }
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

export interface WritingBeside {
  /** Goes on by what its service has read. What does not follow is read from the store, once a place is asked for. */
  readonly take: (handed: EventsHanded) => void
  /** Writes down a place: how long the text is. */
  readonly write: (asked: PlaceAsked) => Promise<number>
}

/**
 * Writes down places of those who follow a ledger, in a state of its own that it folds from what it is handed, and from the store: what they were
 * asked for at once would be theirs too. Begins at the place that is kept. Rejects with `Halted` where the disk fails, and with why where history is not theirs.
 */
export const writeBeside = <S>({ directory, name, fold, store, disk = systemDisk }: BesideGiven<S>): WritingBeside => {
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

  /** After an event, or nothing where it is not the next one. */
  const after = ({ state, revision, hash }: Stand<S>, event: LedgerEvent): Stand<S> | undefined =>
    event.revision === revision + 1 && event.metadata.previousHash === hash
      ? { state: fold.evolve(state, event), revision: event.revision, hash: event.metadata.hash }
      : undefined

  const foldedTo = async (pool: string, from: Stand<S>, to: Place): Promise<Stand<S>> => {
    let stand = from
    if (stand.revision < to.revision)
      for await (const event of historyOf(store, pool, stand.revision + 1)) {
        const next = event.revision > to.revision ? undefined : after(stand, event)
        if (next === undefined) break
        stand = next
      }
    if (stand.revision !== to.revision || stand.hash !== to.hash)
      throw new Error(`no place is written at revision ${to.revision} of ${pool}: history came to another event there`)
    return stand
  }

  const take = ({ pool, texts }: EventsHanded): void => {
    for (const text of texts) {
      const stand = stands.get(pool)
      const event = stand && decodePublicText(text)
      if (stand === undefined || event?._tag !== 'Right') return
      // While a place was written, what is handed waits, and the store was ahead of it.
      if (event.right.revision <= stand.revision) continue
      const next = after(stand, event.right)
      if (next === undefined) return
      stands.set(pool, next)
    }
  }

  const write = async ({ pool, place }: PlaceAsked): Promise<number> => {
    const from = stands.get(pool) ?? (await begun(pool))
    // What fails on the way is begun anew.
    stands.delete(pool)
    const stand = await foldedTo(pool, from, place)
    const length = await writePlace(files, pool, place, stand.state)
    stands.set(pool, stand)
    return length
  }

  return { take, write }
}

/** The same as answers that a thread can give. */
export const answerBeside =
  ({ take, write }: WritingBeside) =>
  async (asked: BesideAsked): Promise<BesideAnswer> => {
    if ('texts' in asked) {
      take(asked)
      return { taken: true }
    }
    try {
      return { length: await write(asked) }
    } catch (error) {
      if (error instanceof Halted) return { halted: error.reason, message: error.message }
      throw error
    }
  }

/** So much text may be on its way to the thread; of what is more, it hears from the store. */
const most_chars = 32 * 1024 * 1024

/** Who writes places down in a thread of its own, which runs this file with this data and begins with the first place. */
export const besideIn = (file: string, data: unknown): Beside => {
  const thread = openThread<BesideAsked, BesideAnswer>(file, data)
  // One for each question: many may be on their way, and of so many on one signal Node warns as of a leak.
  const never = (): AbortSignal => new AbortController().signal
  let isBegun = false
  let waiting_chars = 0
  return {
    hand: (pool, texts) => {
      const chars = texts.reduce((sum, { length }) => sum + length, 0)
      if (!isBegun || waiting_chars + chars > most_chars) return
      waiting_chars += chars
      const over = (): void => {
        waiting_chars -= chars
      }
      // What a thread that dies has not taken, the next one reads in the store.
      void thread.ask({ pool, texts }, never()).then(over, over)
    },
    write: async (pool, place) => {
      isBegun = true
      const answer = await thread.ask({ pool, place }, never())
      if ('halted' in answer) throw new Halted(answer.halted, answer.message)
      if (!('length' in answer)) throw new Error('the thread does not say how long what it has written is')
      return answer.length
    },
    close: thread.close,
  }
}
