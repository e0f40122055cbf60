import { add, type Decimal, isPositive, isZero, lessThan, max, subtract, zero } from '@novation/decimal'
import type { Book } from './book'
import { joinAuction } from './liquidation-state'
import { followDebt } from './owing'
import type { Account, Asset, House, Position } from './pool'
import { BrokenInvariant, type Move } from './postings'
import type { Price, Unvalued } from './values'

/** Who holds an asset is known, so that whoever a step of its wear concerns is found; and what counts for nothing leaves last. */
const followHolding = (book: Book, account: Account, id: string, balance: Decimal): void => {
  const asset = book.assets.get(id)
  if (asset === undefined || asset.settlement) return
  const unvalued = account.unvalued.get(id)
  if (unvalued !== undefined && lessThan(balance, unvalued.amount))
    setUnvalued(book, account, id, { ...unvalued, amount: balance })
  if (isZero(balance)) book.remove(asset, 'holders', account)
  else if (!asset.holders.has(account)) {
    book.add(asset, 'holders', account)
    joinAuction(book, account, asset)
  }
}

/** Who has paid in what counts for nothing yet is known, so that its first price since finds them. */
export const setUnvalued = (book: Book, account: Account, id: string, unvalued: Unvalued): void => {
  const asset = book.assets.get(id)
  if (asset === undefined) throw new BrokenInvariant(`${account.name} waits for a price of ${id}, which is no asset`)
  if (isPositive(unvalued.amount)) {
    book.put(account, 'unvalued', id, unvalued)
    if (!asset.awaiting.has(account)) book.add(asset, 'awaiting', account)
  } else {
    book.remove(account, 'unvalued', id)
    book.remove(asset, 'awaiting', account)
  }
}

/** From a price on, what was paid in before it was observed counts. */
export const value = (book: Book, { id, awaiting }: Asset, { observedAt }: Price): void => {
  for (const account of [...awaiting]) {
    const unvalued = account.unvalued.get(id)
    if (unvalued !== undefined && observedAt >= unvalued.since)
      setUnvalued(book, account, id, { ...unvalued, amount: zero })
  }
}

const addTo = (book: Book, holder: Account | House, asset: string, amount: Decimal): void => {
  const balance = add(holder.balances.get(asset) ?? zero, amount)
  if (isZero(balance)) book.remove(holder, 'balances', asset)
  else book.put(holder, 'balances', asset, balance)
  if (holder.kind === 'account') followHolding(book, holder, asset, balance)
}

const openPosition = (book: Book, position: Position): void => {
  const { account, instrument } = position
  if (account.positions.has(instrument.id)) return
  book.set(position, 'fundingIndex', instrument.fundingIndex)
  book.put(account, 'positions', instrument.id, position)
  book.add(instrument, 'holders', account)
}

const longOf = (quantity: Decimal): Decimal => max(quantity, zero)

const inPosition = (book: Book, position: Position, asset: string, amount: Decimal): void => {
  openPosition(book, position)
  const { instrument, quantity: held } = position
  if (asset !== instrument.id) {
    book.set(position, 'cash', add(position.cash, amount))
    return
  }
  const quantity = add(held, amount)
  const opened = subtract(longOf(quantity), longOf(held))
  if (!isZero(opened)) book.set(instrument, 'openInterest', add(instrument.openInterest, opened))
  book.set(position, 'quantity', quantity)
}

const applyMove = (book: Book, { of, asset, amount }: Move): void =>
  of.kind === 'position' ? inPosition(book, of, asset, amount) : addTo(book, of, asset, amount)

/** A position of nothing is none; one that keeps cash without quantity would be value nobody can reach. */
const dropEmpty = (book: Book, position: Position): void => {
  const { name, account, instrument, quantity, cash } = position
  if (!isZero(quantity) || !account.positions.has(instrument.id)) return
  if (!isZero(cash)) throw new BrokenInvariant(`${name} is closed, but cash is left in it`)
  book.keep(position)
  book.remove(account, 'positions', instrument.id)
  book.remove(instrument, 'holders', account)
}

/** The one way balances change. */
export const applyMoves = (book: Book, moves: readonly Move[]): void => {
  for (const move of moves) applyMove(book, move)
  for (const { of } of moves) if (of.kind === 'position') dropEmpty(book, of)
  for (const { of } of moves) if (of.kind !== 'house') followDebt(book, of.kind === 'position' ? of.account : of)
}
