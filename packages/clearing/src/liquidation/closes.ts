import {
  abs,
  apportion,
  type Decimal,
  decimal,
  floor,
  format,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { sharesLeft } from '@novation/risk'
import type { Draft } from '../decision'
import { healthOf, instrumentOf, markOf } from '../state/health'
import type { Account, Health, Pool, Valued } from '../state/pool'
import { transfer } from '../state/postings'
import type { BulkEntry, Close } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { settleFundingIn } from '../trading/funding'
import { legOf, signOf } from '../trading/leg'
import { counterpartiesFor } from './counterparties'

/** What one counterparty closes against an account that nobody took over, and what it receives. */
export type Closed = BulkEntry & { readonly close: Close }

export const accountOf = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no account ${id} in pool ${pool.name}`)
  return account
}

/** Both sides of one close at the mark, and what of the account's worth goes with it. */
export const closeAgainst = (
  draft: Draft,
  account: Account,
  { account: counterparty, amount, close }: Closed,
): void => {
  const { pool } = draft
  const other = accountOf(pool, counterparty)
  settleFundingIn(draft, other, close.instrument)
  const instrument = instrumentOf(pool, close.instrument)
  const mark = markOf(instrument)
  const sign = signOf(account.positions.get(instrument.id)?.quantity ?? zero)
  const quantity = multiply(close.quantity, decimal(String(-sign)))
  const own = legOf(draft, account, instrument, quantity, mark)
  const theirs = legOf(draft, other, instrument, negate(quantity), mark)
  draft.record(
    'Deleveraged',
    {
      liquidation: account.liquidation?.id ?? '',
      account: account.id,
      counterparty,
      instrument: instrument.id,
      quantity: format(quantity),
      price: format(mark),
      class: close.class,
      rank: close.rank,
      share: format(amount),
      realised: format(own.realised),
      counterpartyRealised: format(theirs.realised),
      accountHeld: format(own.held),
      counterpartyHeld: format(theirs.held),
    },
    [...own.moves, ...theirs.moves, ...transfer(account, other, pool.settlementAsset ?? '', amount)],
  )
}

/** One position against the opposite ones, with its part of what the account is still worth, which they share by size. */
const closesOfPosition = (pool: Pool, { instrument, quantity }: Valued, share: Decimal): readonly Closed[] => {
  const closings = counterpartiesFor(pool, instrument, signOf(quantity), abs(quantity))
  const shares = apportion(
    share,
    closings.map(({ closing }) => closing),
    settlementPlaces(pool),
  )
  return closings.map(({ id, closing, ...place }, i) => ({
    account: id,
    amount: shares[i] ?? zero,
    close: { instrument: instrument.id, quantity: closing, ...place },
  }))
}

/** What an account is worth once these positions are closed: each leg pays whole units, the rest is dust. */
const worthClosed = ({ marked }: Health, positions: readonly Valued[], places: number): Decimal =>
  subtract(marked, sum(positions.map(({ unrealised }) => subtract(unrealised, floor(unrealised, places)))))

/**
 * How all of an account that can be dealt in is closed out: what it is still worth, as far as that stood behind what is
 * closed, is split over its positions by what each required, and goes to who closes them.
 */
export const closesOf = (draft: Draft, id: string): readonly Closed[] => {
  const { pool } = draft
  const account = accountOf(pool, id)
  const health = healthOf(pool, account)
  const positions = health.positions.filter(({ live }) => live)
  const places = settlementPlaces(pool)
  const closed = worthClosed(health, positions, places)
  const shares = sharesLeft(
    { worth: health.marked, closed, requirement: health.maintenance, places },
    positions.map(({ maintenance, value }) => ({ required: maintenance, value })),
  )
  return draft.rehearse((plan) =>
    positions.flatMap((position, i) => {
      const closes = closesOfPosition(pool, position, shares[i] ?? zero)
      // Somebody may be on the other side of several positions: who stands where is looked at again after each.
      if (i < positions.length - 1) for (const closed of closes) closeAgainst(plan, account, closed)
      return closes
    }),
  )
}
