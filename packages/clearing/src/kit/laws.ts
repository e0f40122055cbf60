import {
  add,
  type Decimal,
  decimal,
  equals,
  format,
  isPositive,
  isZero,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { decodeEvent, encodeEvent, type LedgerEvent, linkHash } from '@novation/events'
import { processAgain } from '../ledger/process'
import { copyOf, openSnapshot, takeSnapshot } from '../proof/snapshot'
import { stateHash } from '../proof/state-hash'
import { statementOf } from '../proof/statement'
import { type Book, emptyPool } from '../state/book'
import { evolve, isWhole } from '../state/evolve'
import { isSettling } from '../state/expiries'
import { accruedFunding, healthOf } from '../state/health'
import { holdersOf } from '../state/holders'
import { houseBalance } from '../state/house-balance'
import { judge } from '../state/judge'
import { custody, dust, fees, fundingOf, insurance, skinInTheGame } from '../state/names'
import type { Pool } from '../state/pool'
import { deficitsOf, shortfallOf } from '../state/shortfall'
import { wrongOfDue } from './time'
import { turnedRound } from './turned-round'
import type { World } from './world'

const broken = (law: string, what: string): never => {
  throw new Error(`law broken: ${law}: ${what}`)
}

const holds = (law: string, so: boolean, what: () => string): void => {
  if (!so) broken(law, what())
}

/** Every event's postings sum to exactly zero per asset, instruments included. */
const balanced = (events: readonly LedgerEvent[]): void => {
  for (const { type, revision, postings } of events) {
    const assets = new Set(postings.map(({ asset }) => asset))
    for (const asset of assets) {
      const total = sum(postings.filter((posting) => posting.asset === asset).map(({ amount }) => decimal(amount)))
      holds('postings sum to zero', isZero(total), () => `${type} ${revision} makes ${format(total)} ${asset}`)
    }
  }
}

/** What was written, read again. */
const reread = (event: LedgerEvent): LedgerEvent => {
  const stored = encodeEvent(event)
  holds(
    'the chain holds',
    stored.hash === linkHash(event.metadata.previousHash, stored.body),
    () => `event ${event.revision}`,
  )
  const decoded = decodeEvent(stored)
  return decoded._tag === 'Right' ? decoded.right : broken('events can be read again', decoded.left)
}

const duties = (pool: Pool) => ({
  ...Object.fromEntries(Object.entries(pool.standing.duties).map(([duty, ids]) => [duty, [...ids].sort()])),
  bankrupt: [...pool.standing.bankrupt].sort(),
  // Before the shortfall, which counts both anew where prices have moved: elsewhere it is asked for first.
  deficits: format(deficitsOf(pool)),
  shortfall: format(shortfallOf(pool)),
})

const figures = (pool: Pool): string =>
  JSON.stringify(
    [...pool.accounts.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((account) => {
        const { positions, ...health } = healthOf(pool, account)
        return [account.id, health, positions.map(({ instrument, ...valued }) => [instrument.id, valued])]
      }),
  )

/** What is kept up from event to event is what a look at everybody finds. */
const judgedAlike = (book: Book): void => {
  const unknown = copyOf(book)
  holds(
    'what is known of an account is what it comes to anew',
    figures(book) === figures(unknown),
    () => `at ${book.revision}`,
  )
  const [kept, anew] = [judge(book), judge(unknown)].map((found) => JSON.stringify(duties(found)))
  holds('standing kept up equals standing made anew', kept === anew, () => `at ${book.revision}: ${kept} but ${anew}`)
}

/** Sum of all that is in the books in one asset, by its owner; custody is minus what is held. */
const booksHold = (pool: Pool): void => {
  const asset = pool.settlementAsset
  if (asset === undefined) return
  const accounts = [...pool.accounts.values()]
  const plain = accounts.every(({ balances }) => [...balances.keys()].every((name) => name === asset))
  const accrued = (id: string) =>
    sum(
      accounts.map(({ positions }) => {
        const position = positions.get(id)
        return position === undefined ? zero : accruedFunding(pool, position)
      }),
    )
  const equity = sum(accounts.map((account) => healthOf(pool, account).equity))
  const bonds = [...pool.books.keys()].filter((name) => name.startsWith('source/'))
  const house = sum([insurance, skinInTheGame, fees, dust, ...bonds].map((name) => houseBalance(pool, name, asset)))
  const transit = sum(
    [...pool.instruments.keys()].map((id) => subtract(houseBalance(pool, fundingOf(id), asset), accrued(id))),
  )
  const bulk = pool.bulk === undefined ? zero : houseBalance(pool, `bulk/${pool.bulk.id}`, asset)
  const total = sum([equity, house, transit, bulk])
  const held = negate(houseBalance(pool, custody, asset))
  holds(
    'equity + house + funding in transit = custody',
    !plain || pool.bulk !== undefined || equals(total, held),
    () => `at ${pool.revision}: ${format(total)} of ${format(held)} ${asset}`,
  )
}

/** The longs are the shorts, and the open interest is the longs. */
const matched = (pool: Pool): void => {
  for (const instrument of pool.instruments.values()) {
    const { id, openInterest, settled } = instrument
    const holders = [...pool.accounts.values()].filter(({ positions }) => positions.has(id))
    const held = holders.map(({ positions }) => positions.get(id)?.quantity ?? zero)
    const found = holdersOf(pool, id).map((holder) => holder.id)
    const longs: Decimal = sum(held.filter(isPositive))
    if (isSettling(pool, instrument)) continue
    holds(
      'all holders are found',
      found.join() ===
        holders
          .map((holder) => holder.id)
          .sort()
          .join(),
      () => id,
    )
    holds('longs are shorts', isZero(held.reduce(add, zero)), () => `${id} at ${pool.revision}`)
    holds('open interest is the longs', equals(longs, openInterest), () => `${id} at ${pool.revision}`)
    holds('a settled instrument is held by nobody', !settled || held.length === 0, () => id)
  }
}

const stated = (pool: Pool): void => {
  for (const { asset, imbalance } of statementOf(pool).assets)
    holds('the imbalance is zero', imbalance === '0', () => `${imbalance} ${asset} at ${pool.revision}`)
}

const wholeHolds = (pool: Book): void => {
  holds('the house is flat', pool.clearing.balances.size === 0, () => `at ${pool.revision}`)
  judgedAlike(pool)
  const late = wrongOfDue(pool)
  if (late !== undefined) broken('what falls due is known without a look at everything', late)
  booksHold(pool)
  matched(pool)
  stated(pool)
  if (pool.bulk === undefined)
    holds(
      'no bulk leaves anything behind',
      [...pool.books.values()].every(({ name, balances }) => !name.startsWith('bulk/') || balances.size === 0),
      () => `at ${pool.revision}`,
    )
}

/** Beyond so many events a scenario is checked at its end only. */
const smallEnough = 400

const replayed = (events: readonly LedgerEvent[], from: Book, each: (pool: Book) => void): Book =>
  events.reduce((pool, event) => {
    const next = evolve(pool, event)
    if (!isWhole(next)) return next
    const judged = judge(next)
    each(judged)
    return judged
  }, from)

/** A snapshot at half of the way, and the rest of the history on top of it. */
const fromSnapshot = (events: readonly LedgerEvent[], { parts }: Pool): Book => {
  const half = events.slice(0, Math.floor(events.length / 2))
  const opened = openSnapshot(takeSnapshot(half.reduce(evolve, emptyPool('main', parts))))
  const pool = opened._tag === 'Right' ? opened.right : broken('a snapshot opens', opened.left)
  pool.set<Book, 'parts'>(pool, 'parts', parts)
  return events.slice(half.length).reduce(evolve, pool)
}

/** What stands in the ledger from an append on, decided again at the time it was decided at, on a book that is there (protocol 21). */
const decidedAgain = (events: readonly LedgerEvent[], book: Book): readonly LedgerEvent[] => {
  const again: LedgerEvent[] = []
  for (const event of events) {
    if (event.metadata.events === undefined) continue
    const part = processAgain(book, event)
    if (part?.tag !== 'decided') return broken('what was decided is decided again', `${event.metadata.commandId}`)
    again.push(...part.events)
  }
  return again
}

const decidesAlike = (law: string, events: readonly LedgerEvent[], book: Book): void => {
  const again = decidedAgain(events, book)
  const other = events.find(({ id }, i) => again[i]?.id !== id)
  holds(law, again.length === events.length && other === undefined, () => `event ${other?.revision}, a ${other?.type}`)
}

/** The second half decided again where all that the book holds is held the other way round. */
const decidesInAnyOrder = (events: readonly LedgerEvent[], { parts }: Pool): void => {
  const half = events.findIndex(({ metadata }, i) => 2 * i >= events.length && metadata.events !== undefined)
  if (half < 0) return
  const folded = judge(events.slice(0, half).reduce(evolve, emptyPool('main', parts)))
  decidesAlike('no order of what is held decides', events.slice(half), turnedRound(folded))
}

/** All that must be true of any history whatever; throws, and says which law does not hold and where. */
export const checkLaws = ({ pool, events }: World): void => {
  balanced(events)
  const read = events.map(reread)
  const hash = stateHash(pool)
  const small = events.length <= smallEnough
  const again = replayed(read, emptyPool('main', pool.parts), (at) => {
    if (small) wholeHolds(at)
  })
  wholeHolds(pool)
  holds('a replay ends in the same state', stateHash(again) === hash, () => `at ${pool.revision}`)
  holds(
    'a replay judges alike',
    JSON.stringify(duties(again)) === JSON.stringify(duties(pool)),
    () => `at ${pool.revision}`,
  )
  if (events.length > 0)
    holds(
      'snapshot and tail end in the same state',
      stateHash(fromSnapshot(read, pool)) === hash,
      () => `at ${pool.revision}`,
    )
  decidesAlike('deciding again decides the same', read, emptyPool('main', pool.parts))
  decidesInAnyOrder(read, pool)
}
