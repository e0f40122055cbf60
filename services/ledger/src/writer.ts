import { type Book, claimsOf, emptyPool, type Pool, type Processed, type Sign, unsigned } from '@novation/clearing'
import { type Ahead, type Command, openAhead } from '@novation/events'
import type { EventStore, Scheduler, Shelf } from '@novation/platform'
import { TooLargeToAppend } from './append-surely'
import { type Door, openDoor } from './door'
import { askOfClock, untilDue_ms } from './due-time'
import { type DurableReport, openDurable } from './durable'
import { type Entry, type Group, type Groups, openGroups } from './groups'
import { catchUp } from './history'
import { type OpeningReport, openBook } from './opening'

export interface WriterReport extends DurableReport, OpeningReport {
  /** Of each command, once what came of it is durable. */
  readonly decided?: (command: Command, outcome: Processed) => void
}

/** The only writer of one pool's history. */
export interface LedgerWriter {
  /**
   * Decides the commands in order, and answers once what they made is durable, and all that was decided before them. Where
   * too many wait, these wait outside: whoever brings them brings no more meanwhile.
   */
  readonly submit: Door['enter']
  /** The same for a caller in this process, who is told `busy` instead. */
  readonly offer: Door['offer']
  /** The pool as it is decided: while an append is in flight, ahead of what is durable. */
  readonly pool: () => Pool
  /** The revision up to which it is durable. */
  readonly durable: () => number
  /** Sends `PassTime` whenever something falls due, until `signal`. Rejects when the ledger had to stop. */
  readonly keepTime: () => Promise<void>
}

/** So many commands enter together once their signatures are known. */
const together = 128
/** The first of a batch, for which nobody decides anything meanwhile, are fewer. */
const first = 32

const slicesOf = <T>(items: readonly T[]): readonly (readonly T[])[] => {
  const slices = [items.slice(0, first)]
  for (let at = first; at < items.length; at += together) slices.push(items.slice(at, at + together))
  return slices
}

/** How long the clock rests at most before it looks again: a due time may have come nearer meanwhile. */
const rest_ms = 1_000

/**
 * Opens the ledger of a pool: from a snapshot of the shelf, and what is recorded after it, or from the first event. Finishes
 * a bulk that a crash interrupted, and takes commands. One append is in flight, and while it is, the next group is
 * decided, and no more (group commit). It leads from the first command it is given; until then another may, and it
 * keeps time only where that one does not.
 */
export const openLedger = async (
  name: string,
  store: EventStore,
  scheduler: Scheduler,
  signal: AbortSignal,
  report: WriterReport = {},
  initial: (name: string) => Book = emptyPool,
  shelf?: Shelf,
  sign: Sign = unsigned,
  ahead: Ahead = openAhead(),
): Promise<LedgerWriter> => {
  const { book, decides } = await openBook(store, initial(name), shelf, report)
  if (book.verify !== 'assumed') book.set<Book, 'verify'>(book, 'verify', ahead.verify)
  const durable = openDurable(book, store, scheduler, signal, report)
  const door = openDoor(() => knocked())
  /** There once it leads. */
  let groups: Groups | undefined
  let working: Promise<void> | undefined
  let failure: { readonly error: unknown } | undefined
  /** Thrown while something was decided ahead: told once it is known what becomes of what is in flight. */
  let broken: { readonly error: unknown } | undefined

  const wait_ms = () => untilDue_ms(book, scheduler.now(), groups !== undefined)
  const isDue = (): boolean => wait_ms() <= 0

  const fail = (error: unknown): void => {
    failure ??= { error }
    door.shut(failure.error)
  }

  /** What is due by time comes first, then everything that is waiting, in the order in which it came. */
  const decideNext = (to: Groups): void => {
    if (to.isEmpty() && book.bulk === undefined && isDue()) to.decideOwn(sign(book, askOfClock(book), scheduler.now()))
    to.extend(door.next)
  }

  const decideAhead = (to: Groups): void => {
    try {
      if (broken === undefined) decideNext(to)
    } catch (error) {
      broken = { error }
    }
  }

  /** Reads what another ledger has written while this one stood by, and leads where there is something to do. */
  const lead = async (): Promise<Groups | undefined> => {
    durable.reached((await catchUp(book, store)).revision)
    if (door.isEmpty() && !isDue()) return undefined
    await decides()
    groups = openGroups(book, () => scheduler.now())
    return groups
  }

  const answer = (entries: readonly Entry[]): void => {
    for (const { asked, command, outcome } of entries) {
      if (command !== undefined) report.decided?.(command, outcome)
      asked?.answer(outcome)
    }
  }

  /** Of a group that the store does not take as it is: what is durable is answered, the rest is decided again. */
  const divide = (to: Groups, group: readonly Entry[], error: TooLargeToAppend): void => {
    const at = group.findIndex(({ stored }) => (stored.at(-1)?.revision ?? -1) > durable.revision())
    const refused = group[at]
    if (refused?.asked === undefined) throw error
    answer(group.slice(0, at))
    door.again(to.takeBack(refused, group.slice(at + 1), error.limit_bytes))
  }

  const append = async (to: Groups, { entries, after }: Group): Promise<void> => {
    const appended = durable.append(entries)
    // What waits already is decided while the append is in flight, and what comes meanwhile when it comes.
    decideAhead(to)
    try {
      await appended
      book.forget(after)
      answer(entries)
    } catch (error) {
      if (!(error instanceof TooLargeToAppend)) throw error
      divide(to, entries, error)
    }
    if (broken !== undefined) throw broken.error
  }

  const work = async (): Promise<void> => {
    try {
      const to = groups ?? (await lead())
      if (to === undefined) return
      for (decideNext(to); !to.isEmpty(); decideNext(to)) await append(to, to.close())
    } catch (error) {
      fail(error)
    }
  }

  const begin = (): Promise<void> => {
    working ??= work().then(() => {
      working = undefined
      // What came after the last look was decided ahead of an append that there was none of.
      const isLeft = groups?.isEmpty() === false || !door.isEmpty()
      return isLeft && failure === undefined ? begin() : undefined
    })
    return working
  }

  const knocked = (): void => {
    if (working === undefined || groups === undefined) void begin()
    else decideAhead(groups)
  }

  const keepTime = async (): Promise<void> => {
    while (!signal.aborted) {
      if (failure !== undefined) throw failure.error
      if (isDue()) await begin()
      await scheduler.sleep(Math.min(rest_ms, Math.max(1, wait_ms())), signal)
    }
  }

  /** In a signed pool commands enter as their signatures are known, in their order, while those of the next are being checked. */
  const enterChecked = async (commands: readonly Command[]): Promise<readonly Processed[]> => {
    let before: Promise<void> = Promise.resolve()
    const entered = slicesOf(commands).map((slice) => {
      const checked = ahead.check(slice.flatMap((command) => claimsOf(book, command)))
      before = before.then(() => checked)
      return before.then(() => door.enter(slice))
    })
    return (await Promise.all(entered)).flat()
  }

  const submit: Door['enter'] = (commands) =>
    book.identity === undefined ? door.enter(commands) : enterChecked(commands)

  return { submit, offer: door.offer, pool: () => book, durable: durable.revision, keepTime }
}
