import { process as decide, emptyPool } from '@novation/clearing'
import { encodeEvent, type Stored, streamOf } from '@novation/events'
import type { EventStore, Found, Shelf } from '@novation/platform'
import { commandsOf } from '../made-ledger/commands'
import { say } from '../mesh/report'

export interface Size {
  readonly events: number
  readonly accounts: number
  /** How many events the newest snapshot is behind the head. */
  readonly behind: number
}

const batch = 1_000

/**
 * Decides a made ledger of a size into a store, and puts a snapshot aside on the way. Answers that, and all appends as
 * they were written.
 */
export const makeLedger = async (store: EventStore, shelf: Shelf, { events, accounts, behind }: Size) => {
  const book = emptyPool('main')
  const appends: (readonly Stored[])[] = []
  let waiting: Stored[] = []
  let kept: Found | undefined
  const append = async (): Promise<void> => {
    const [first, ...rest] = waiting
    waiting = []
    if (first === undefined) return
    appends.push([first, ...rest])
    const outcome = await store.append(streamOf('main'), [first, ...rest], first.revision - 1)()
    if (outcome._tag === 'Left') throw new Error(`the store answered ${outcome.left.tag}`)
    if (appends.length % 100 === 0) say(`${book.revision + 1} events made`)
  }
  for (const { command, at } of commandsOf(accounts, 1)) {
    const outcome = decide(book, command, at)
    if (outcome.tag !== 'decided') throw new Error(`${command.id} was ${outcome.tag}`)
    waiting.push(...outcome.events.map(encodeEvent))
    if (waiting.length >= batch) await append()
    if (kept === undefined && book.revision + 1 >= events - behind) {
      await append()
      kept = await shelf.put(book, true)
      await shelf.note(kept, 'proven', 'made')
    }
    if (book.revision + 1 >= events) break
  }
  await append()
  if (kept === undefined) throw new Error('no snapshot was put aside: the ledger is shorter than what it is behind')
  return { kept, appends, commands: book.outcomes.size, positions: positionsIn(book) }
}

const positionsIn = ({ accounts }: ReturnType<typeof emptyPool>): number => {
  let count = 0
  for (const { positions } of accounts.values()) count += positions.size
  return count
}
