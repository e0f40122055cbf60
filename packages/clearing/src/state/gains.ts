import { add, type Decimal, isZero, zero } from '@novation/decimal'
import type { Millis } from '@novation/events'
import { cycleOf } from '@novation/risk'
import type { Book } from './book'
import type { Account, Pool } from './pool'
import type { CycleGains } from './values'

/** Where what is made in no instrument stands: what bids earn. */
export const elsewhere = ''

/** The first moment of the cycle that a time falls in. */
export const beginOfCycle = ({ parameters: { maturity_s } }: Pool, at: Millis): Millis =>
  cycleOf(at, maturity_s) * maturity_s * 1000

/** The first moment of the cycle before: what was made since then has not stood yet. */
const freshSince = (pool: Pool, at: Millis): Millis => beginOfCycle(pool, at) - pool.parameters.maturity_s * 1000

/** Up to when profit has matured for a default: while the pool is frozen, no further than when that began. */
export const maturedAt = ({ frozen, frozenAt, at }: Pool): Millis => (frozen ? frozenAt : at)

const change = (book: Book, account: Account, name: string, of: (gains: CycleGains) => CycleGains): void => {
  const from = beginOfCycle(book, book.at)
  const kept = freshIn(book, account, name, maturedAt(book))
  const last = kept.at(-1)
  // By methods: a list that others are spread into has room for sixteen more, which nobody needs.
  const gains = last?.from === from ? kept.with(-1, of(last)) : kept.concat(of({ from, made: zero, cut: zero }))
  book.put(account, 'gains', name, gains)
}

/** What an account has made somewhere, or lost: fresh in this cycle and in the next. */
export const noteGain = (book: Book, account: Account, name: string, amount: Decimal): void => {
  if (!isZero(amount)) change(book, account, name, ({ from, made, cut }) => ({ from, made: add(made, amount), cut }))
}

/** What was no gain when it was made, for what was dealt then is taken back: it counts where that did, as far as it has not stood. */
export const noteGainAt = (book: Book, account: Account, name: string, amount: Decimal, at: Millis): void => {
  const from = beginOfCycle(book, at)
  const so = account.gains.get(name) ?? []
  if (isZero(amount)) return
  if (!so.some((gains) => gains.from === from)) noteGain(book, account, name, amount)
  else
    book.put(
      account,
      'gains',
      name,
      so.map((gains) => (gains.from === from ? { ...gains, made: add(gains.made, amount) } : gains)),
    )
}

/** What was taken of its profit for another's default. */
export const noteCut = (book: Book, account: Account, name: string, amount: Decimal): void =>
  change(book, account, name, ({ from, made, cut }) => ({ from, made, cut: add(cut, amount) }))

/** What of gains had not stood at a time. */
export const notStood = (pool: Pool, gains: readonly CycleGains[], at: Millis): readonly CycleGains[] => {
  const oldest = freshSince(pool, at)
  return gains.filter(({ from }) => from >= oldest)
}

/** What of an account's gains in one place had not stood at a time, by cycle. */
export const freshIn = (pool: Pool, account: Account, name: string, at: Millis): readonly CycleGains[] =>
  notStood(pool, account.gains.get(name) ?? [], at)

/** The same of all places together: each cycle is summed before it is looked at. */
export const freshTogether = (pool: Pool, account: Account, at: Millis): readonly CycleGains[] => {
  const cycles = new Map<Millis, CycleGains>()
  for (const name of account.gains.keys())
    for (const { from, made, cut } of freshIn(pool, account, name, at)) {
      const so = cycles.get(from) ?? { from, made: zero, cut: zero }
      cycles.set(from, { from, made: add(so.made, made), cut: add(so.cut, cut) })
    }
  return [...cycles.values()]
}
