import { type Book, decideAgain, emptyPool, judge, stateHash } from '@novation/clearing'
import { decodeEvent, type LedgerEvent, type Stored } from '@novation/events'
import { isNonEmpty } from 'fp-ts/Array'
import { Halted } from '../host/halt'
import type { Revision } from '../store/event-store'
import type { Found, Label } from './kept'
import { remembersAlike, type Shelf } from './shelf'

/** What became of events that were handed on. */
export interface Taken {
  /** All up to here was decided again, and is what was recorded. */
  readonly reached: Revision
  /** Snapshots that were put aside, and those of others that were met and held. */
  readonly made: readonly Label[]
  readonly proven: readonly Label[]
}

/** Whoever decides a history again, beside the ledger: what comes next is the event after `from`. */
export interface Prover {
  readonly from: Revision
  /**
   * Decides again what these events say; `head` is how far the ledger is. Rejects with `Halted` of reason `broken-history`
   * where the rules come to something else, or where a snapshot is not what its history comes to.
   */
  readonly take: (events: readonly Stored[], head: Revision) => Promise<Taken>
  readonly close: () => Promise<void>
}

/** A snapshot is worth as many events as it costs: writing so much of a state takes about as long as folding one. */
const bytesPerEvent = 1_000

/** How many of its own snapshots a maker leaves: one to open, and some to go back to where that is not believed. */
const spared = 3

/** Far behind, snapshots are put aside so many times more seldom. */
const hurry = 8

/** The newest snapshot that somebody has proven and that is still whole. */
const newestProven = async (
  shelf: Shelf,
  pool: string,
  initial: (pool: string) => Book,
): Promise<readonly [Book, Found | undefined]> => {
  const beginning = initial(pool)
  for (const label of (await shelf.labels(pool)).toReversed()) {
    const found = await shelf.look(label)
    if (found._tag === 'Left' || (await shelf.noted(found.right, 'proven')) === undefined) continue
    const opened = await shelf.open(found.right, beginning.parts)
    if (opened._tag === 'Right') return [judge(opened.right), found.right]
  }
  return [beginning, undefined]
}

/** How a snapshot that another one made differs from a book at the same revision, or nothing. */
const lieOf = (book: Book, found: Found): string | undefined => {
  const state = stateHash(book)
  if (found.head !== book.head) return `it stands on event ${found.head}, and the history on ${book.head}`
  if (found.state !== state) return `its state is ${found.state}, and the history comes to ${state}`
  return remembersAlike(book, found) ? undefined : 'outcomes or trades in it are not those of its history'
}

const decoded = (stored: Stored): LedgerEvent => {
  const event = decodeEvent(stored)
  if (event._tag === 'Left') throw new Halted('broken-history', event.left)
  return event.right
}

/**
 * Begins at the newest snapshot that was proven, or before the first event, and goes through all that comes after: each
 * command is decided again. So whatever it puts aside is proven when it is written, at least every `every` events and
 * seldomer where the state is large; and each snapshot that it meets is held against what its history comes to.
 */
export const openProver = async (
  shelf: Shelf,
  pool: string,
  every: number,
  initial: (pool: string) => Book = emptyPool,
): Promise<Prover> => {
  const [book, base] = await newestProven(shelf, pool, initial)
  let last = base
  let next = book.revision + every
  let group: LedgerEvent[] = []
  const unproven = new Map<Revision, Label>()

  /** Others may put snapshots aside at any time. */
  const lookAround = async (): Promise<void> => {
    unproven.clear()
    for (const label of await shelf.labels(pool))
      if (label.revision > book.revision) unproven.set(label.revision, label)
  }

  const decide = (): void => {
    const [events, first] = [group, group[0]]
    group = []
    if (!isNonEmpty(events) || first === undefined) return
    let other: string | undefined
    try {
      other = decideAgain(book, events)
    } catch (error) {
      other = (error as Error).message
    }
    if (other !== undefined)
      throw new Halted(
        'broken-history',
        `${pool} is not what its commands come to, from revision ${first.revision} on: ${other}`,
      )
  }

  const meet = async (label: Label): Promise<Label | undefined> => {
    const found = await shelf.look(label)
    if (found._tag === 'Left') return undefined
    const lie = lieOf(book, found.right)
    if (lie === undefined) {
      await shelf.note(found.right, 'proven', 'met')
      return label
    }
    const since = await shelf.noted(found.right, 'decided')
    await shelf.condemn(label)
    throw new Halted(
      'broken-history',
      `the snapshot of ${pool} at revision ${label.revision} lied: ${lie}; ` +
        (since === undefined
          ? 'nothing was decided on it'
          : `what was decided from revision ${since} on was decided on it`),
    )
  }

  const putAside = async (): Promise<Label> => {
    last = await shelf.put(book, true, last)
    await shelf.note(last, 'proven', 'made')
    await shelf.thin(pool, spared)
    const { revision, at, state_bytes } = last
    next = revision + Math.max(every, Math.floor(state_bytes / bytesPerEvent))
    return { pool, revision, at }
  }

  const isDue = (head: Revision): boolean =>
    book.revision >= next && (head - book.revision < every || book.revision >= next + (hurry - 1) * every)

  await lookAround()
  return {
    from: book.revision,
    close: async () => undefined,
    take: async (events, head) => {
      const made: Label[] = []
      const proven: Label[] = []
      if (unproven.size === 0) await lookAround()
      for (const stored of events) {
        const due = book.revision + 1 + group.length
        if (stored.revision !== due) throw new RangeError(`event ${due} of ${pool} is next, not ${stored.revision}`)
        group.push(decoded(stored))
        if (group.length < (group[0]?.metadata.events ?? 1)) continue
        decide()
        const met = unproven.get(book.revision)
        const held = met === undefined ? undefined : await meet(met)
        if (held !== undefined) proven.push(held)
        if (isDue(head)) made.push(await putAside())
      }
      return { reached: book.revision, made, proven }
    },
  }
}
