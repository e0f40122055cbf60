import {
  abs,
  add,
  apportion,
  ceil,
  type Decimal,
  decimal,
  format,
  isNegative,
  multiply,
  negate,
  zero,
} from '@novation/decimal'
import { askedOf, given } from '@novation/risk'
import { acceptDraft, type Decide, type Draft, draft, event, record, reject } from '../decision'
import { badPrices } from '../stale'
import { healthOf, settlementPlaces } from '../state/health'
import { backstopStands } from '../state/judge'
import { deficitOf, prefundedFor, sharesOf } from '../state/loss-plan'
import { trader } from '../state/names'
import type { Account, Instrument, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { settleFunding } from '../trading/funding'
import { legOf, signOf } from '../trading/leg'
import { type Closing, counterpartiesFor } from './counterparties'
import { drawn } from './draw'
import { ended } from './end'

const accountOf = (pool: Pool, id: string): Account => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no account ${id} in pool ${pool.name}`)
  return account
}

/** (a) Each prefunded layer pays the account its part of all deficits (risk 5). */
const drawPrefunded = (so: Draft, id: string): Draft => {
  const account = accountOf(so.pool, id)
  const deficit = deficitOf(healthOf(so.pool, account).equity)
  if (!isNegative(negate(deficit))) return so
  const { first, fund, rest } = prefundedFor(so.pool, account, deficit, sharesOf(so.pool))
  return record(
    so,
    ...drawn(so.pool, 'skin-in-the-game', 'deleverage', account, id, first),
    ...drawn(so.pool, 'fund', 'deleverage', account, id, fund),
    ...drawn(so.pool, 'skin-in-the-game', 'deleverage', account, id, rest),
  )
}

/** Both sides of one close at the mark, and the cash the counterparty gives (or is given, where equity is left). */
const closeAgainst = (
  so: Draft,
  id: string,
  instrument: Instrument,
  mark: Decimal,
  counterparty: Closing,
  asked: Decimal,
): Draft => {
  const places = settlementPlaces(so.pool)
  const cash = counterparty.atMark ? zero : given({ ...counterparty, asked, places })
  const funded = record(so, ...settleFunding(so.pool, accountOf(so.pool, counterparty.id), [instrument.id]))
  const account = accountOf(funded.pool, id)
  const other = accountOf(funded.pool, counterparty.id)
  const sign = signOf(account.positions.get(instrument.id)?.quantity ?? zero)
  const quantity = multiply(counterparty.closing, decimal(String(-sign)))
  const own = legOf(funded.pool, account, instrument, quantity, mark)
  const theirs = legOf(funded.pool, other, instrument, negate(quantity), mark)
  return record(
    funded,
    event(
      'Deleveraged',
      {
        liquidation: account.liquidation?.id ?? '',
        account: id,
        counterparty: counterparty.id,
        instrument: instrument.id,
        quantity: format(quantity),
        price: format(mark),
        asked: format(asked),
        given: format(cash),
        accountHeld: format(own.held),
        counterpartyHeld: format(theirs.held),
      },
      [
        ...own.postings,
        ...theirs.postings,
        ...transfer(trader(counterparty.id), trader(id), so.pool.settlementAsset ?? '', cash),
      ],
    ),
  )
}

/** (c) One position closes against the opposite ones; `loss` is its part of what is missing, negative where equity is left. */
const closePosition = (
  so: Draft,
  id: string,
  instrument: Instrument,
  mark: Decimal,
  size: Decimal,
  loss: Decimal,
): Draft => {
  const sign = signOf(accountOf(so.pool, id).positions.get(instrument.id)?.quantity ?? zero)
  let before = zero
  return counterpartiesFor(so.pool, id, instrument, sign, size).reduce((state, counterparty) => {
    const asked = askedOf(loss, before, counterparty.closing, size, settlementPlaces(so.pool))
    before = add(before, counterparty.closing)
    return closeAgainst(state, id, instrument, mark, counterparty, asked)
  }, so)
}

/**
 * Nobody took it: the account is closed out whole, in one append. The prefunded layers pay first; what is left of the
 * loss is split over its positions by maintenance margin and asked of their counterparties, at most the profit of what is
 * closed and never principal; what nobody could give stays as debt in cash. Equity that is left goes to them instead.
 */
export const deleverage: Decide<'Deleverage'> = (pool, { liquidation }) => {
  const account = pool.accounts.get(pool.liquidations.get(liquidation) ?? '')
  const open = account?.liquidation
  if (account === undefined || open === undefined)
    return reject('unknown-liquidation', `liquidation ${liquidation} is not open in this pool`)
  if (open.stage === 'auction') return reject('nothing-due', `the auction of ${liquidation} is still open`)
  if (account.positions.isEmpty()) return reject('nothing-due', `${account.id} holds nothing that could be closed`)
  const stale = badPrices(pool, account)
  if (stale !== undefined) return stale
  const { status, equity, maintenance } = healthOf(pool, account)
  if (status === 'healthy' || status === 'restricted')
    return reject(
      'not-breached',
      `${account.id} has equity ${format(equity)}, not below maintenance margin ${format(maintenance)}`,
    )
  if (open.stage === 'backstop' && backstopStands(pool, account.id))
    return reject('backstop-first', `the backstop has yet to take what it can of ${liquidation}`)

  const paid = drawPrefunded(record(draft(pool), ...settleFunding(pool, account)), account.id)
  const health = healthOf(paid.pool, accountOf(paid.pool, account.id))
  const losses = apportion(
    ceil(negate(health.equity), settlementPlaces(pool)),
    health.positions.map((position) => position.maintenance),
    settlementPlaces(pool),
  )
  const flat = health.positions.reduce(
    (so, { instrument, position, mark }, i) =>
      closePosition(so, account.id, instrument, mark, abs(position.quantity), losses[i] ?? zero),
    paid,
  )
  return acceptDraft(record(flat, ended(flat.pool, accountOf(flat.pool, account.id), 'deleveraged')))
}
