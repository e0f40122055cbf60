import type { Millis } from '@novation/events'
import { isUsable, type Lasting, never, usableUntil } from '@novation/risk'
import { lastsUntil } from './auction-clock'
import type { Book } from './book'
import { isStopped } from './halted'
import { healthOf } from './health'
import type { Account, Asset, Instrument, Pool } from './pool'
import type { Move } from './postings'
import type { Countdown } from './values'

/** What of an account has so much time: a margin call, a debit. */
type Timed = 'call' | 'debit'

const countdownOf = ({ call, debit }: Account, what: Timed): Countdown | undefined =>
  what === 'call' ? call?.countdown : debit?.countdown

/** Until when something can be dealt in that could be from a time on: a halt, or a held price, was noted when it came. */
const untilOf = (pool: Pool, priced: Instrument | Asset, from: Millis): Millis => {
  if (priced.price === undefined || isStopped(priced)) return never
  const until = lastsUntil(pool, priced, priced.price)
  return until < from ? never : until
}

/** All that requires something of the account: of a debit, its coins alone. */
const itemsOf = (pool: Pool, account: Account, what: Timed, from: Millis): readonly Lasting[] => {
  const { positions, collateral } = healthOf(pool, account)
  const coins = collateral.coins.flatMap(({ id, required, value }): readonly Lasting[] => {
    const asset = pool.assets.get(id)
    return asset === undefined ? [] : [{ required, value, until: untilOf(pool, asset, from) }]
  })
  if (what === 'debit') return coins
  const held = positions.map(
    ({ instrument, maintenance, notional }): Lasting => ({
      required: maintenance,
      value: notional,
      until: untilOf(pool, instrument, from),
    }),
  )
  return [...held, ...coins]
}

/** Until when it has run, if no other price comes; where it stands, it has not since it was noted. */
const runsUntil = (pool: Pool, account: Account, what: Timed, { since, runs }: Countdown): Millis =>
  runs ? usableUntil(itemsOf(pool, account, what, since)) : since

/** What is left of the time of a margin call, or of a debit, now. */
export const leftOf = (pool: Pool, account: Account, what: Timed): Millis => {
  const countdown = countdownOf(account, what)
  if (countdown === undefined) return 0
  const { since, left_ms } = countdown
  const run = Math.min(pool.at, runsUntil(pool, account, what, countdown)) - since
  return Math.max(0, left_ms - Math.max(0, run))
}

/** Its deadline: when the time is over if all can be dealt in from now on. */
export const deadlineOf = (pool: Pool, account: Account, what: Timed): Millis => {
  const countdown = countdownOf(account, what)
  const left_ms = leftOf(pool, account, what)
  return left_ms === 0 && countdown !== undefined ? countdown.since + countdown.left_ms : pool.at + left_ms
}

/** The same where the prices that came so far last until then: only then is it a due time. */
export const reachedAt = (pool: Pool, account: Account, what: Timed): Millis | undefined => {
  const countdown = countdownOf(account, what)
  if (countdown === undefined) return undefined
  const at = countdown.since + countdown.left_ms
  return countdown.left_ms === 0 || runsUntil(pool, account, what, countdown) >= at ? at : undefined
}

/** Time that begins to count now, where enough can be dealt in. */
export const countdownFrom = (pool: Pool, account: Account, what: Timed, left_ms: Millis): Countdown => ({
  left_ms,
  since: pool.at,
  runs: isUsable(itemsOf(pool, account, what, pool.at)),
})

/** Time that has run out is over, whatever comes. */
export const runOut = ({ since, left_ms }: Countdown): Countdown => ({
  since: since + left_ms,
  left_ms: 0,
  runs: false,
})

const isTimed = ({ call, debit }: Account): boolean => call?.missed === false || debit?.due === false

/**
 * Makes a change by which something that accounts hold may come to be dealt in, or may not be any more, or is held no longer
 * or anew. What has run until then is noted, and whether it runs on: half of what is required is judged at such changes, and
 * at each step of wear, by what everything requires then.
 */
export const keepCountdowns = (book: Book, accounts: Iterable<Account>, change: () => void): void => {
  const timed = [...accounts].filter(isTimed)
  const left = timed.map((account) => [leftOf(book, account, 'call'), leftOf(book, account, 'debit')] as const)
  change()
  for (const [i, account] of timed.entries()) {
    const [ofCall, ofDebit] = left[i] ?? [0, 0]
    const { call, debit } = account
    if (call?.missed === false)
      book.set(account, 'call', { ...call, countdown: countdownFrom(book, account, 'call', ofCall) })
    if (debit?.due === false)
      book.set(account, 'debit', { ...debit, countdown: countdownFrom(book, account, 'debit', ofDebit) })
  }
}

const holderOf = ({ of }: Move): Account | undefined =>
  of.kind === 'position' ? of.account : of.kind === 'account' ? of : undefined

const movesTimed = (move: Move): boolean => {
  const account = holderOf(move)
  return account !== undefined && isTimed(account)
}

/** The same where what accounts hold changes. */
export const keepCountdownsOf = (book: Book, moves: readonly Move[], change: () => void): void => {
  if (moves.some(movesTimed)) keepCountdowns(book, new Set(moves.flatMap((move) => holderOf(move) ?? [])), change)
  else change()
}
