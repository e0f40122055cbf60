import { zero } from '@novation/decimal'
import { genesis, type Millis, openVerifier, type PoolParameters } from '@novation/events'
import type { Either } from 'fp-ts/Either'
import { type PartSizes, partSizes } from './bulk-size'
import type { Changed, Entries, Fields, Members } from './changes'
import { openDoor } from './door'
import type { Identity, Signed } from './identity'
import { Journal } from './journal'
import type { Membership } from './membership'
import { clearing, custody, dust, fundingOf, insurance, positionOf, skinInTheGame } from './names'
import type { Oracle } from './oracle'
import { Outcomes } from './outcomes'
import { defaultParameters } from './parameters'
import type { Account, Asset, Holder, House, Instrument, Owner, Pool, Position } from './pool'
import { BrokenInvariant } from './postings'
import { newAccount, newHouse, newOwner, newPosition } from './records'
import type { Risk } from './risk'
import { newStanding } from './standing'
import { FewEntries, type Lookup, noEntries, type Table } from './table'
import { Trades } from './trades'
import { Unjudged, type UnjudgedMark } from './unjudged'
import type { Bulk, Losses, Purse, RecentTrade, Taken } from './values'

/** The name of a field that holds a table, or a set. */
type TableOf<R, V> = { [K in keyof R]: R[K] extends Lookup<infer X> ? ([V] extends [X] ? K : never) : never }[keyof R]
type SetOf<R, V> = {
  [K in keyof R]: R[K] extends Membership<infer X> ? ([V] extends [X] ? K : never) : never
}[keyof R]

/** What is remembered for ever, and no statement needs. */
const indexes: ReadonlySet<string> = new Set(['outcomes', 'trades'])
const none: ReadonlySet<string> = new Set()

/** The entries of a field, to be written to: a record that has had none yet is given its own. */
const entriesOf = (record: object, field: string): Entries => {
  const fields = record as Fields
  if (fields[field] === noEntries) fields[field] = new FewEntries()
  return fields[field] as Entries
}

/** A place that a book can be taken back to. */
export interface Mark {
  readonly changes: number
  readonly unjudged: UnjudgedMark
}

/**
 * A pool, and the only hand that writes it. Every change is made by one of four verbs, which remember what was there
 * while somebody may still take it back; nothing is remembered beyond that, nor while a history is folded.
 */
export class Book implements Pool {
  readonly revision: number = -1
  readonly groupEnd: number = -1
  readonly door: Millis = openDoor
  /** Ledger time begins at 1970. */
  readonly at: Millis = 0
  readonly head: string = genesis
  readonly parameters: PoolParameters = defaultParameters
  readonly settlementAsset: string | undefined = undefined
  readonly assets: Table<Asset> = new Map()
  readonly instruments: Table<Instrument> = new Map()
  readonly accounts: Table<Account> = new Map()
  readonly owners: Table<Owner> = new Map()
  readonly books: Table<House> = new Map()
  readonly liquidations: Table<string> = new Map()
  readonly calls: ReadonlySet<string> = new Set()
  readonly purses: Table<Purse> = new Map()
  readonly recentTrades: Table<RecentTrade> = new Map()
  readonly sweptAt: Millis = 0
  readonly losses: Losses = { insurance: zero, skinInTheGame: zero, socialized: zero }
  readonly frozen: boolean = false
  readonly frozenAt: Millis = 0
  readonly taken: Taken = { since: 0, worth: zero }
  readonly bulk: Bulk | undefined = undefined
  readonly identity: Identity | undefined = undefined
  readonly oracle: Oracle | undefined = undefined
  readonly risk: Risk | undefined = undefined
  readonly outcomes = new Outcomes()
  readonly trades = new Trades()

  readonly clearing: House
  readonly custody: House
  readonly insurance: House
  readonly skinInTheGame: House
  readonly dust: House

  /**
   * By the name it has in the books, whatever holds value and was named by a posting, so that a name is taken apart once;
   * and the records of positions that are closed, or about to be opened.
   */
  readonly holders: Table<Holder> = new Map()

  readonly standing = newStanding()
  /** Who is to be judged again. */
  readonly unjudged: Unjudged = new Unjudged(this)

  #journal = new Journal()
  /** How many attempts and rehearsals are under way, one within the other. */
  #depth = 0

  constructor(
    readonly name: string,
    readonly parts: PartSizes = partSizes,
    readonly verify: Signed['verify'] = openVerifier(),
  ) {
    this.clearing = this.house(clearing)
    this.custody = this.house(custody)
    this.insurance = this.house(insurance)
    this.skinInTheGame = this.house(skinInTheGame)
    this.dust = this.house(dust)
  }

  set<R extends object, K extends keyof R & string>(record: R, field: K, value: R[K]): void {
    if (this.#depth > 0) this.#journal.field(record, field)
    ;(record as Record<string, unknown>)[field] = value
    this.unjudged.changed(record, field)
  }

  put<R extends object, V>(record: R, field: TableOf<R, V> & string, key: string, value: V): void {
    if (this.#depth > 0) this.#journal.entry(record, field, key)
    entriesOf(record, field).set(key, value)
    this.unjudged.changed(record, field)
  }

  /** Takes an entry out of a table, or a member out of a set. */
  remove<R extends object>(record: R, field: (TableOf<R, never> | SetOf<R, never>) & string, key: unknown): void {
    const held = record[field as keyof R] as unknown as Entries | Members
    if (this.#depth > 0) {
      if ('get' in held) this.#journal.entry(record, field, key)
      else this.#journal.member(record, field, key)
    }
    void held.delete(key)
    this.unjudged.changed(record, field)
  }

  add<R extends object, V>(record: R, field: SetOf<R, V> & string, member: V): void {
    if (this.#depth > 0) this.#journal.member(record, field, member)
    ;(record[field as keyof R] as unknown as Members).add(member)
    this.unjudged.changed(record, field)
  }

  /** Does the work, and takes all of it back where it comes to a left, or throws: the one place where anything is. */
  attempt<E, A>(work: () => Either<E, A>): Either<E, A> {
    const mark = this.#begin()
    let isKept = false
    try {
      const outcome = work()
      isKept = outcome._tag === 'Right'
      return outcome
    } finally {
      this.#end(mark, isKept)
    }
  }

  /** Does the work as if it counted, and takes it back whatever it comes to. */
  rehearse<T>(work: () => T): T {
    const mark = this.#begin()
    try {
      return work()
    } finally {
      this.#end(mark, false)
    }
  }

  /** One of the house's own accounts; one that was never named before holds nothing. */
  house(name: string): House {
    const known = this.books.get(name)
    if (known !== undefined) return known
    const house = newHouse(name)
    this.put<Book, House>(this, 'books', name, house)
    this.put<Book, Holder>(this, 'holders', name, house)
    return house
  }

  /** Opens an account: one more of its owner's. */
  open(id: string, margin: Account['margin'], ownerId: string): Account {
    const known = this.owners.get(ownerId)
    const owner = known ?? newOwner(ownerId)
    if (known === undefined) this.put<Book, Owner>(this, 'owners', ownerId, owner)
    const account = newAccount(id, margin, owner, this.unjudged.tick())
    this.put<Book, Account>(this, 'accounts', id, account)
    this.add<Owner, Account>(owner, 'accounts', account)
    return account
  }

  /** Where an account holds an instrument, whether or not it does now. */
  slot(account: Account, instrument: Instrument): Position {
    const open = account.positions.get(instrument.id)
    if (open !== undefined) return open
    const name = positionOf(account.id, instrument.id)
    const known = this.holders.get(name)
    if (known?.kind === 'position') return known
    const position = newPosition(name, account, instrument)
    this.keep(position)
    return position
  }

  /** Has the record of a position that is no entry of its account be found again: whoever has it goes on with it. */
  keep(position: Position): void {
    if (!this.holders.has(position.name)) this.put<Book, Holder>(this, 'holders', position.name, position)
  }

  /** Who a posting names. */
  holder(name: string): Holder {
    const known = this.holders.get(name)
    if (known !== undefined) return known
    const holder = this.#called(name)
    this.put<Book, Holder>(this, 'holders', name, holder)
    return holder
  }

  #called(name: string): Holder {
    const [kind, id = '', instrumentId] = name.split('/')
    if (kind !== 'trader') return this.house(name)
    const account = this.accounts.get(id)
    if (account === undefined) throw new BrokenInvariant(`a posting names ${name}, but there is no such account`)
    if (instrumentId === undefined) return account
    const instrument = this.instruments.get(instrumentId)
    if (instrument === undefined) throw new BrokenInvariant(`a posting names ${name}, but there is no such instrument`)
    return this.slot(account, instrument)
  }

  /** The house account of an instrument that is about to be listed. */
  fundingHouse(instrument: string): House {
    return this.house(fundingOf(instrument))
  }

  /** For reading, not for deciding: leaves out the indexes over commands and trades, which grow with the history. */
  dropIndexes(): this {
    this.outcomes.clear()
    this.trades.clear()
    return this
  }

  /** From now on whatever is done can be taken back, until it is released: for who decides ahead of what is durable. */
  hold(): void {
    this.#depth += 1
  }

  release(): void {
    this.#depth -= 1
    if (this.#depth === 0) this.#journal.forget(this.#journal.length)
  }

  /** What was done before a place is not taken back any more. */
  forget(mark: Mark): void {
    this.#journal.forget(mark.changes)
  }

  /** Where the book is now. */
  mark(): Mark {
    return { changes: this.#journal.length, unjudged: this.unjudged.mark() }
  }

  #begin(): Mark {
    this.hold()
    return this.mark()
  }

  #end(mark: Mark, isKept: boolean): void {
    if (!isKept) this.takeBack(mark)
    this.release()
  }

  /** Takes back all that was done since; whoever was judged meanwhile is to be judged again. */
  takeBack(mark: Mark): void {
    this.#journal.takeBack(mark.changes, this.#changed)
    this.unjudged.takeBack(mark.unjudged)
  }

  /**
   * Does the work as the book was at a place, where nobody is judged yet, and comes back, where whoever moved is to be judged
   * again. `forReading` leaves out the indexes over commands and trades: nothing may be decided there.
   */
  visit<T>(mark: Mark, forReading: boolean, work: () => T): T {
    return this.#journal.visit(mark.changes, this.#changed, forReading ? indexes : none, work)
  }

  // Counts go on: a change that meets an earlier count again would find what was worked out for what was refused.
  readonly #changed: Changed = (record, field, moved) => {
    this.unjudged.changed(record, field)
    if (typeof moved === 'object' && moved !== null) this.unjudged.changed(moved, 'moved')
  }
}

/** A pool before its first event. */
export const emptyPool = (name: string, parts?: PartSizes, verify?: Signed['verify']): Book =>
  new Book(name, parts, verify)
