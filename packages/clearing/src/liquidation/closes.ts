import { abs, add, apportion, ceil, type Decimal, decimal, format, multiply, negate, zero } from '@novation/decimal'
import { askedOf, given } from '@novation/risk'
import type { Draft } from '../decision'
import { healthOf, instrumentOf, markOf } from '../state/health'
import type { Account, Pool, Valued } from '../state/pool'
import { transfer } from '../state/postings'
import type { BulkEntry, Close } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { settleFundingIn } from '../trading/funding'
import { legOf, signOf } from '../trading/leg'
import { livePositions } from './bid-size'
import { counterpartiesFor } from './counterparties'

/** What one counterparty closes against an account that nobody took over, and what it gives. */
export type Closed = BulkEntry & { readonly close: Close }

export const accountOf = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no account ${id} in pool ${pool.name}`)
  return account
}

/** Both sides of one close at the mark, and the cash the counterparty gives (or is given, where equity is left). */
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
      asked: format(close.asked),
      given: format(amount),
      accountHeld: format(own.held),
      counterpartyHeld: format(theirs.held),
    },
    [...own.moves, ...theirs.moves, ...transfer(other, account, pool.settlementAsset ?? '', amount)],
  )
}

/** One position against the opposite ones; `loss` is its part of what is missing, negative where equity is left. */
const closesOfPosition = (pool: Pool, { instrument, quantity }: Valued, loss: Decimal): readonly Closed[] => {
  const size = abs(quantity)
  const places = settlementPlaces(pool)
  let before = zero
  return counterpartiesFor(pool, instrument, signOf(quantity), size).map((counterparty) => {
    const asked = askedOf(loss, before, counterparty.closing, size, places)
    before = add(before, counterparty.closing)
    return {
      account: counterparty.id,
      amount: counterparty.atMark ? zero : given({ ...counterparty, asked, places }),
      close: { instrument: instrument.id, quantity: counterparty.closing, asked },
    }
  })
}

/**
 * How all of an account that can be dealt in is closed out (risk 5 c): what is missing is split over its positions by maintenance margin and
 * asked of their counterparties, in their order; at most the profit of what is closed, and never principal. The prefunded
 * layers have paid before.
 */
export const closesOf = (draft: Draft, id: string): readonly Closed[] => {
  const { pool } = draft
  const account = accountOf(pool, id)
  const health = healthOf(pool, account)
  const positions = livePositions(health)
  const places = settlementPlaces(pool)
  const margins = positions.map(({ maintenance }) => maintenance)
  const losses = apportion(ceil(negate(health.best), places), margins, places)
  return draft.rehearse((plan) =>
    positions.flatMap((position, i) => {
      const closes = closesOfPosition(pool, position, losses[i] ?? zero)
      // Somebody may be on the other side of several positions: what it gave for one is no profit to the next.
      if (i < positions.length - 1) for (const closed of closes) closeAgainst(plan, account, closed)
      return closes
    }),
  )
}
