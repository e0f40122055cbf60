import { abs, decimal, isNegative, isPositive, isZero, negate, one, zero } from '@novation/decimal'
import type { CommandData } from '@novation/events'
import { portfolioLots } from '@novation/risk'
import { isLots } from '../amounts'
import { type Decision, reject } from '../decision'
import { markOf } from '../state/health'
import type { Account, Instrument, Pool } from '../state/pool'
import { notionalAt } from '../state/reference'
import { whyDoubtful } from '../trading/why-closed'
import type { Hedge } from './after-fill'
import type { OnSale } from './sizing'

type Data = CommandData<'BidLiquidation'>

const badInstrument = (account: Account, instrument: Instrument, isLong: boolean): string | undefined => {
  const { id, option, underlying } = instrument
  if (account.margin !== 'portfolio') return `${account.id} has no one requirement that a hedge would lower`
  if (option !== undefined) return `a hedge is a perpetual or a future, and ${id} is an option`
  if (![...account.positions.values()].some(({ instrument: held }) => held.underlying === underlying))
    return `${account.id} holds nothing in ${underlying}, which ${id} follows`
  const held = account.positions.get(id)?.quantity
  return held !== undefined && isNegative(held) === isLong
    ? `${account.id} holds ${id} the other way: bid for that`
    : undefined
}

/** What is wrong with a bid that brings a hedge, or nothing. */
export const badHedge = (
  pool: Pool,
  account: Account,
  { hedge: id = '', quantity = '0', ...other }: Data,
): Decision | undefined => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) return reject('unknown-instrument', `no instrument ${id} in this pool`)
  if (other.fraction !== undefined || other.instrument !== undefined || other.asset !== undefined)
    return reject('bad-parameter', 'a bid brings a hedge, or takes something: not both at once')
  const wrong = badInstrument(account, instrument, isPositive(decimal(quantity)))
  if (wrong !== undefined) return reject('bad-parameter', wrong)
  if (isZero(decimal(quantity))) return reject('not-positive', 'a hedge of nothing is none')
  if (!isLots(instrument, abs(decimal(quantity))))
    return reject('not-a-lot', `${quantity} is not a whole number of lots of ${id}`)
  return instrument.stand.live ? undefined : reject('stale-price', whyDoubtful(instrument))
}

/**
 * The hedge that a bid brings, at the mark: of what is offered the fewest lots that restore the account, and where none do as
 * many as lower what it requires; nothing where not even one does.
 */
export const hedgeOf = (
  pool: Pool,
  { offer, items, after }: OnSale,
  { hedge: id = '', quantity = '0' }: Data,
): Hedge | undefined => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined || after === undefined) return undefined
  const offered = decimal(quantity)
  const mark = markOf(instrument)
  const nothing = items.map(() => zero)
  const signed = (size: typeof offered) => (isNegative(offered) ? negate(size) : size)
  const size = portfolioLots(
    {
      offer,
      lot: instrument.lot,
      unitValue: notionalAt(instrument, one, mark),
      after: (some) => after(nothing, { instrument, quantity: signed(some), mark }),
    },
    abs(offered),
  )
  return isZero(size) ? undefined : { instrument, quantity: signed(size), mark }
}
