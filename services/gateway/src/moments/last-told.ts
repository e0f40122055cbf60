import type { ReadFrom } from '@novation/audit'
import { decodeEvent, type EventType, type LedgerEvent, type Stored } from '@novation/events'
import { Halted, quiet } from '@novation/platform'
import { openKnown } from './known-history'

/** Something that events tell anew, each time: what the last of them said holds. */
export interface Fact {
  /** The same for the same fact, whoever asks. */
  readonly name: string
  /** Of which types its events are; nothing where of any. */
  readonly types?: readonly EventType[]
  /** Of these one stands in the text of each, between quotation marks: where none does, an event needs not be understood. */
  readonly words: readonly string[]
  readonly isToldBy: (event: LedgerEvent) => boolean
}

/** What was looked at for a fact: all from one revision to another. Where one of these told it, that is the first of them, and the only one. */
interface Searched {
  readonly from: number
  readonly to: number
  readonly isTold: boolean
}

/** What is known of one history, and an event by which it is known again. */
interface Known {
  readonly facts: Map<string, Searched>
  last: Pick<Stored, 'revision' | 'id'> | undefined
}

/** A fact that is looked for: none of those after `below` has told it, and as far as `to` they were looked at. */
interface Wanted {
  readonly fact: Fact
  readonly known: Searched | undefined
  below: number
  to: number
  told: number | undefined
}

/** Most was told a moment ago: so many events are looked at first, then more by so many times, to the beginning. */
const [nearest, growth, largest] = [256, 4, 65_536]
/** So many are looked at before anybody else gets their turn. */
const stride = 1_000
/** Of so many facts of a history it is remembered by which events they were told. */
const remembered = 10_000

const understood = (stored: Stored): LedgerEvent => {
  const event = decodeEvent(stored)
  if (event._tag === 'Left') throw new Halted('broken-history', event.left)
  return event.right
}

const tells = (stored: Stored, { types, words, isToldBy }: Fact): boolean =>
  (types === undefined || types.some((type) => type === stored.type)) &&
  words.some((word) => stored.body.includes(`"${word}"`)) &&
  isToldBy(understood(stored))

const isOpen = ({ told, below }: Wanted): boolean => told === undefined && below >= 0

/** Passes over what was looked at before. Whether there is still something to look at. */
const goesOn = (one: Wanted): boolean => {
  const { known, below } = one
  if (isOpen(one) && known !== undefined && below >= known.from && below <= known.to) {
    one.to = Math.max(one.to, known.to)
    if (known.isTold) one.told = known.from
    else one.below = known.from - 1
  }
  return isOpen(one)
}

const searched = ({ told, below, to }: Wanted): Searched => ({
  from: told ?? below + 1,
  to,
  isTold: told !== undefined,
})

/**
 * By which events facts were told last, at or before a revision. History is looked through backwards, as far as it must be; what was looked
 * at for a fact is remembered, so that it is not again, and a search that is given up is gone on with.
 */
export const openLastTold = (readerOf: (pool: string) => ReadFrom) => {
  const knownOf = openKnown(
    readerOf,
    (): Known => ({ facts: new Map(), last: undefined }),
    ({ last }) => last,
  )

  const remember = ({ facts }: Known, all: readonly Wanted[]): void => {
    for (const one of all) {
      facts.delete(one.fact.name)
      facts.set(one.fact.name, searched(one))
    }
    for (const name of [...facts.keys()].slice(0, Math.max(0, facts.size - remembered))) facts.delete(name)
  }

  /** Looks at the events of a stretch. False where `signal` was aborted on the way. */
  const lookAt = async (
    read: ReadFrom,
    [from, to]: readonly [number, number],
    open: readonly Wanted[],
    known: Known,
    signal: AbortSignal,
  ): Promise<boolean> => {
    const found = new Map<Wanted, number>()
    for await (const stored of read(from)) {
      const { revision, id } = stored
      if (revision > to) break
      for (const one of open) if (revision <= one.below && tells(stored, one.fact)) found.set(one, revision)
      if (revision > (known.last?.revision ?? -1)) known.last = { revision, id }
      if (signal.aborted) return false
      if (revision % stride === 0) await quiet()
    }
    for (const one of open) {
      one.told = found.get(one)
      one.below = Math.min(one.below, from - 1)
    }
    return true
  }

  /** Goes back until all are found, or there is nothing more. False where `signal` was aborted on the way. */
  const search = async (
    read: ReadFrom,
    all: readonly Wanted[],
    known: Known,
    signal: AbortSignal,
  ): Promise<boolean> => {
    let size = nearest
    for (;;) {
      const open = all.filter(goesOn)
      if (open.length === 0) return true
      const to = Math.max(...open.map(({ below }) => below))
      if (!(await lookAt(read, [Math.max(0, to - size + 1), to], open, known, signal))) return false
      size = Math.min(largest, size * growth)
    }
  }

  /** The revisions by the names of the facts, without those that no event told; nothing where `signal` was aborted first. */
  return async (
    pool: string,
    facts: readonly Fact[],
    revision: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, number> | undefined> => {
    const known = await knownOf(pool)
    const all = facts.map(
      (fact): Wanted => ({ fact, known: known.facts.get(fact.name), below: revision, to: revision, told: undefined }),
    )
    const isDone = await search(readerOf(pool), all, known, signal)
    remember(known, all)
    return isDone
      ? new Map(all.flatMap(({ fact, told }) => (told === undefined ? [] : [[fact.name, told]])))
      : undefined
  }
}
