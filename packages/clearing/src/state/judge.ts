import { toNumber } from '@novation/decimal'
import { hasTurned, lastsUntil, notOverBefore, overAt } from './auction-clock'
import { type Axis, moveTo } from './axis'
import { leaveBands, placeBands } from './bands'
import type { Book } from './book'
import { backstopStands, dutiesOf } from './duties'
import { followBasis, followMarkets } from './follow-markets'
import type { Duty } from './follow-up'
import { healthOf } from './health'
import type { Account, Asset, Health, Instrument } from './pool'
import { countLacking, drift } from './shortfall'
import { duties, type KeptStanding } from './standing'

const bitOf = (duty: Duty | undefined): number => (duty === undefined ? 0 : 1 << duties.indexOf(duty))

const giveDuties = ({ standing }: Book, account: Account, due: readonly (Duty | undefined)[]): void => {
  const mask = due.reduce((sum, duty) => sum | bitOf(duty), 0)
  const { mask: before } = account.stand
  if (mask === before) return
  account.stand.mask = mask
  for (const [i, duty] of duties.entries()) {
    const bit = 1 << i
    if ((mask & bit) === (before & bit)) continue
    if ((mask & bit) === 0) standing.duties[duty].delete(account.id)
    else {
      standing.duties[duty].add(account.id)
      if (duty === 'owing') standing.due.noteLoss(account)
    }
  }
}

/** An account whose opening was taken back stands nowhere. */
const forget = (book: Book, account: Account): void => {
  leaveBands(account)
  countLacking(book, account, undefined)
  markBankrupt(book, account, false)
  giveDuties(book, account, [])
  book.standing.turned.delete(account.id)
}

const markBankrupt = ({ standing: { bankrupt, changes } }: Book, account: Account, isBankrupt: boolean): void => {
  if (bankrupt.has(account.id) === isBankrupt) return
  if (isBankrupt) bankrupt.add(account.id)
  else bankrupt.delete(account.id)
  if (changes.isRead) changes.accounts.push(account)
}

const never = Number.POSITIVE_INFINITY

/** When an auction is over, and whether it has come to something else than is noted of it. */
const followAuction = (book: Book, account: Account, health: Health): void => {
  const { liquidation: open, stand } = account
  const { turned, due } = book.standing
  if (open !== undefined && hasTurned(book, open, health)) turned.add(account.id)
  else turned.delete(account.id)
  // What comes later may be taken back, and with it an outage that made this later: so it only ever gets earlier.
  stand.notOverBefore = open && Math.min(stand.notOverBefore ?? never, notOverBefore(book, open))
  const over = open === undefined ? undefined : overAt(book, open, health)
  if (over === stand.overAt) return
  stand.overAt = over
  due.noteAuction(account)
}

const judgeAccount = (book: Book, account: Account): void => {
  if (book.accounts.get(account.id) !== account) {
    forget(book, account)
    return
  }
  const health = healthOf(book, account)
  countLacking(book, account, health)
  markBankrupt(book, account, health.status === 'bankrupt')
  giveDuties(book, account, dutiesOf(book, account, health))
  followAuction(book, account, health)
  placeBands(book, account, health)
}

/** Moves one axis, and names who must be judged because of it. */
const follow = (book: Book, axis: Axis<Account>, value: number, waiting: Set<Account>): void => {
  if (value === axis.value) return
  drift(book, axis.lackingSlope, value - axis.value)
  moveTo(axis, value, (account) => waiting.add(account))
}

/** A step of wear, a market that opens or closes, other terms: no band was placed for that. */
const followTerms = ({ stand, holders }: Instrument | Asset, waiting: Set<Account>): void => {
  if (!stand.shaken) return
  stand.shaken = false
  for (const holder of holders) waiting.add(holder)
}

/**
 * Until when what is under liquidation can be dealt in changes with every price, also with one that says the same. It matters
 * to auctions that may be over while this price lasts, and to those that are over and may be so no longer.
 */
const followClocks = (book: Book, moved: Instrument | Asset, waiting: Set<Account>): void => {
  const lasts = moved.price === undefined ? book.at : lastsUntil(book, moved, moved.price)
  for (const name of book.liquidations.values()) {
    const account = book.accounts.get(name)
    if (account?.positions.has(moved.id) !== true && account?.balances.has(moved.id) !== true) continue
    if (account.liquidation?.over === true || (account.stand.notOverBefore ?? never) <= lasts) waiting.add(account)
  }
}

const followPrice = (book: Book, moved: Instrument | Asset, waiting: Set<Account>): void => {
  const { stand, price } = moved
  followTerms(moved, waiting)
  if (stand.axis !== undefined && price !== undefined) follow(book, stand.axis, toNumber(price.value), waiting)
  if (stand.slow !== undefined && price?.slow !== undefined) follow(book, stand.slow, toNumber(price.slow), waiting)
  followClocks(book, moved, waiting)
  if (moved.kind === 'asset') return
  const { funding } = moved.stand
  if (funding !== undefined) follow(book, funding, toNumber(moved.fundingIndex), waiting)
  followBasis(book, moved, (account) => waiting.add(account))
}

/** Whether the backstop stands decides whose turn it is in every liquidation that is past its auction. */
const followBackstop = (book: Book, waiting: Set<Account>): void => {
  const stands = backstopStands(book)
  if (stands === book.standing.backstopStands) return
  book.standing.backstopStands = stands
  for (const id of book.liquidations.values()) {
    const account = book.accounts.get(id)
    if (account !== undefined) waiting.add(account)
  }
}

/** So many of the last who were judged are listed; who has not read them by then looks at everybody. */
const listed = 65_536

const logJudged = ({ judged }: KeptStanding, accounts: Iterable<Account>): void => {
  for (const { id } of accounts) judged.ids.push(id)
  if (judged.ids.length <= 2 * listed) return
  const dropped = judged.ids.length - listed
  judged.ids = judged.ids.slice(dropped)
  judged.from += dropped
}

/** Brings the standing of everybody up to the present: only accounts that changed, or whose line a price may have crossed, are looked at. */
export const judge = (book: Book): Book => {
  const { unjudged } = book
  const { accounts, prices } = unjudged
  if (accounts.length === 0 && prices.length === 0 && !unjudged.markets) return book
  unjudged.judgements += 1
  const waiting = new Set<Account>(accounts)
  followBackstop(book, waiting)
  if (prices.length > 0) book.standing.lacking.isOld = true
  for (const each of prices) followPrice(book, each, waiting)
  if (unjudged.markets) followMarkets(book, (account) => waiting.add(account))
  for (const account of waiting) judgeAccount(book, account)
  logJudged(book.standing, waiting)
  unjudged.clear()
  return book
}
