import type { Millis } from '@novation/events'
import { Heap } from './heap'
import type { Table } from './table'
import type { Countdown } from './values'

/** An account as far as anything of it happens by time alone. */
interface Dated {
  readonly id: string
  readonly call: { readonly countdown: Countdown; readonly missed: false | string } | undefined
  readonly debit: { readonly countdown: Countdown; readonly due: boolean } | undefined
  readonly liquidation: object | undefined
  readonly owing: { readonly since: Millis; readonly windowOver: boolean } | undefined
  readonly stand: { readonly overAt: Millis | undefined }
}

interface Expiring {
  readonly id: string
  readonly expiry: Millis | undefined
  readonly expired: boolean
}

interface State<A, I> {
  readonly purses: Table<{ readonly since: Millis }>
  readonly accounts: Table<A>
  readonly instruments: Table<I>
  readonly standing: { readonly duties: { readonly owing: ReadonlySet<string> } }
}

/** Something of an account, or of an instrument, that stood at a time when it was noted. */
interface Noted<T> {
  readonly at: Millis
  readonly of: T
}

type Holds<T> = (noted: Noted<T>) => boolean

const endOf = ({ since, left_ms }: Countdown): Millis => since + left_ms

const holdsCall: Holds<Dated> = ({ at, of: { call } }) => call?.missed === false && endOf(call.countdown) === at

const holdsDebit: Holds<Dated> = ({ at, of: { debit } }) => debit?.due === false && endOf(debit.countdown) === at

const holdsAuction: Holds<Dated> = ({ at, of: { stand } }) => stand.overAt === at

const holdsLoss: Holds<Dated> = ({ at, of: { owing } }) => owing?.since === at && !owing.windowOver

const holdsExpiry: Holds<Expiring> = ({ at, of: { expiry, expired } }) => expiry === at && !expired

/** What was noted, each once: going back and forth in a book notes the same again and again. */
class Dates<T> {
  readonly #heap = new Heap<Noted<T>>()
  readonly #noted = new Map<T, Set<Millis>>()

  note(at: Millis, of: T): void {
    const times = this.#noted.get(of) ?? new Set()
    if (times.has(at)) return
    this.#noted.set(of, times.add(at))
    this.#heap.push({ at, of })
  }

  first(holds: Holds<T>): Millis | undefined {
    for (let first = this.#heap.first(); first !== undefined; first = this.#heap.first()) {
      if (holds(first)) return first.at
      this.#drop(first)
    }
    return undefined
  }

  /** The first of those that are due if nothing else comes (`isSo`); none is that is later than `to`. */
  firstOf(holds: Holds<T>, isSo: (of: T) => boolean, to: Millis): Millis | undefined {
    void this.first(holds)
    return this.#heap.earliest((noted) => holds(noted) && isSo(noted.of), to)
  }

  upTo(holds: Holds<T>, at: Millis): ReadonlySet<T> {
    const found = new Set<T>()
    void this.first(holds)
    this.#heap.upTo(at, (noted) => {
      if (holds(noted)) found.add(noted.of)
    })
    return found
  }

  #drop({ at, of }: Noted<T>): void {
    this.#heap.dropFirst()
    const times = this.#noted.get(of)
    times?.delete(at)
    if (times?.size === 0) this.#noted.delete(of)
  }
}

/** Since when the oldest of the windows runs in which caps count what the layers pay. */
export const oldestOf = (purses: Table<{ readonly since: Millis }>): Millis | undefined => {
  let oldest: Millis | undefined
  for (const { since } of purses.values()) if (oldest === undefined || since < oldest) oldest = since
  return oldest
}

/** The next of what happens by time alone. What no longer holds is noticed when its turn comes, and dropped. */
export class DueTimes<A extends Dated, I extends Expiring> {
  readonly #calls = new Dates<A>()
  readonly #debits = new Dates<A>()
  readonly #auctions = new Dates<A>()
  readonly #losses = new Dates<A>()
  readonly #expiries = new Dates<I>()
  /** The oldest window of a cap, until one changes. */
  #oldest: { readonly since: Millis | undefined } | undefined
  /** Accounts that owe, and have waited for others as long as they must. */
  readonly windowsOver = new Set<A>()

  note(account: A, field: string): void {
    const { call, debit, owing } = account
    if (field === 'debit' && debit !== undefined) this.#debits.note(endOf(debit.countdown), account)
    if (field === 'call' && call !== undefined) this.#calls.note(endOf(call.countdown), account)
    if (field === 'owing') {
      this.noteLoss(account)
      mark(this.windowsOver, account, owing?.windowOver === true)
    }
    if (field === 'liquidation') this.noteAuction(account)
  }

  noteAuction(account: A): void {
    if (account.stand.overAt !== undefined) this.#auctions.note(account.stand.overAt, account)
  }

  noteLoss(account: A): void {
    if (account.owing !== undefined) this.#losses.note(account.owing.since, account)
  }

  noteExpiry(instrument: I): void {
    if (instrument.expiry !== undefined) this.#expiries.note(instrument.expiry, instrument)
  }

  noteCaps(): void {
    this.#oldest = undefined
  }

  /** Since when the oldest window of a cap runs, if there is one. */
  caps({ purses }: State<A, I>): Millis | undefined {
    this.#oldest ??= { since: oldestOf(purses) }
    return this.#oldest.since
  }

  /** The first call that is missed if nothing else comes, up to a time. */
  call(state: State<A, I>, isReached: (account: A) => boolean, to: Millis): Millis | undefined {
    return this.#calls.firstOf((noted) => holdsCall(noted) && isIn(state.accounts, noted.of), isReached, to)
  }

  debit(state: State<A, I>, isReached: (account: A) => boolean, to: Millis): Millis | undefined {
    return this.#debits.firstOf((noted) => holdsDebit(noted) && isIn(state.accounts, noted.of), isReached, to)
  }

  auction(state: State<A, I>): Millis | undefined {
    return this.#auctions.first((noted) => holdsAuction(noted) && isIn(state.accounts, noted.of))
  }

  /** Since when the oldest debt waits. One that other collateral covers is none: it is noted again when it becomes one. */
  loss(state: State<A, I>): Millis | undefined {
    return this.#losses.first((noted) => isDebt(state, noted))
  }

  expiry(state: State<A, I>): Millis | undefined {
    return this.#expiries.first((noted) => holdsExpiry(noted) && isIn(state.instruments, noted.of))
  }

  callsUpTo(state: State<A, I>, at: Millis): ReadonlySet<A> {
    return this.#calls.upTo((noted) => holdsCall(noted) && isIn(state.accounts, noted.of), at)
  }

  debitsUpTo(state: State<A, I>, at: Millis): ReadonlySet<A> {
    return this.#debits.upTo((noted) => holdsDebit(noted) && isIn(state.accounts, noted.of), at)
  }

  auctionsUpTo(state: State<A, I>, at: Millis): ReadonlySet<A> {
    return this.#auctions.upTo((noted) => holdsAuction(noted) && isIn(state.accounts, noted.of), at)
  }

  lossesUpTo(state: State<A, I>, since: Millis): ReadonlySet<A> {
    return this.#losses.upTo((noted) => isDebt(state, noted), since)
  }

  expiriesUpTo(state: State<A, I>, at: Millis): ReadonlySet<I> {
    return this.#expiries.upTo((noted) => holdsExpiry(noted) && isIn(state.instruments, noted.of), at)
  }
}

const mark = <T>(set: Set<T>, member: T, isMember: boolean): void => {
  if (isMember) set.add(member)
  else set.delete(member)
}

/** Whether it is still there: what was made may have been taken back. */
const isIn = <T extends { readonly id: string }>(table: Table<T>, item: T): boolean => table.get(item.id) === item

const isDebt = <A extends Dated>({ accounts, standing }: State<A, unknown>, noted: Noted<A>): boolean =>
  holdsLoss(noted) && standing.duties.owing.has(noted.of.id) && isIn(accounts, noted.of)
