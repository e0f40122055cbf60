import { abs, add, apportion, ceil, type Decimal, decimal, format, multiply, negate, zero } from '@novation/decimal'
import { askedOf, given } from '@novation/risk'
import { type Draft, draft, event, record } from '../decision'
import { healthOf, instrumentOf, markOf, settlementPlaces, type Valued } from '../state/health'
import { trader } from '../state/names'
import type { Account, BulkEntry, Close, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { settleFunding } from '../trading/funding'
import { legOf, signOf } from '../trading/leg'
import { counterpartiesFor } from './counterparties'

/** What one counterparty closes against an account that nobody took over, and what it gives. */
export type Closed = BulkEntry & { readonly close: Close }

export const accountOf = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no account ${id} in pool ${pool.name}`)
  return account
}

/** Both sides of one close at the mark, and the cash the counterparty gives (or is given, where equity is left). */
export const closeAgainst = (so: Draft, id: string, { account: counterparty, amount, close }: Closed): Draft => {
  const funded = record(so, ...settleFunding(so.pool, accountOf(so.pool, counterparty), [close.instrument]))
  const account = accountOf(funded.pool, id)
  const other = accountOf(funded.pool, counterparty)
  const instrument = instrumentOf(funded.pool, close.instrument)
  const mark = markOf(instrument)
  const sign = signOf(account.positions.get(instrument.id)?.quantity ?? zero)
  const quantity = multiply(close.quantity, decimal(String(-sign)))
  const own = legOf(funded.pool, account, instrument, quantity, mark)
  const theirs = legOf(funded.pool, other, instrument, negate(quantity), mark)
  return record(
    funded,
    event(
      'Deleveraged',
      {
        liquidation: account.liquidation?.id ?? '',
        account: id,
        counterparty,
        instrument: instrument.id,
        quantity: format(quantity),
        price: format(mark),
        asked: format(close.asked),
        given: format(amount),
        accountHeld: format(own.held),
        counterpartyHeld: format(theirs.held),
      },
      [
        ...own.postings,
        ...theirs.postings,
        ...transfer(trader(counterparty), trader(id), so.pool.settlementAsset ?? '', amount),
      ],
    ),
  )
}

/** One position against the opposite ones; `loss` is its part of what is missing, negative where equity is left. */
const closesOfPosition = (
  pool: Pool,
  id: string,
  { instrument, position }: Valued,
  loss: Decimal,
): readonly Closed[] => {
  const size = abs(position.quantity)
  const places = settlementPlaces(pool)
  let before = zero
  return counterpartiesFor(pool, id, instrument, signOf(position.quantity), size).map((counterparty) => {
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
 * How an account is closed out whole (risk 5 c): what is missing is split over its positions by maintenance margin and
 * asked of their counterparties, in their order; at most the profit of what is closed, and never principal. The prefunded
 * layers have paid before.
 */
export const closesOf = (pool: Pool, id: string): readonly Closed[] => {
  const { equity, positions } = healthOf(pool, accountOf(pool, id))
  const places = settlementPlaces(pool)
  const margins = positions.map(({ maintenance }) => maintenance)
  const losses = apportion(ceil(negate(equity), places), margins, places)
  let so = draft(pool)
  return positions.flatMap((position, i) => {
    const closes = closesOfPosition(so.pool, id, position, losses[i] ?? zero)
    // Somebody may be on the other side of several positions: what it gave for one is no profit to the next.
    if (i < positions.length - 1) so = closes.reduce((state, closed) => closeAgainst(state, id, closed), so)
    return closes
  })
}
