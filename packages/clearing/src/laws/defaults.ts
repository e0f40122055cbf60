import {
  abs,
  add,
  atLeast,
  type Decimal,
  decimal,
  equals,
  floor,
  format,
  greaterThan,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  max,
  min,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { EventType, LedgerEvent } from '@novation/events'
import { debtOf } from '../state/debts'
import { healthOf } from '../state/health'
import { layersOf } from '../state/layers'
import type { Pool } from '../state/pool'
import { profitOf, profitsIn } from '../state/profit'
import { settlementPlaces } from '../state/worth'
import { type Append, accountIn, bestIn, equityIn, eventsOf, type Law, units } from './append'
import { isCapped } from './caps'

const ofDefault: ReadonlySet<EventType> = new Set(['Deleveraged', 'LossSocialized', 'InsuranceDrawn', 'Liquidated'])
const other: ReadonlySet<EventType> = new Set(['PriceTick', 'CollateralDeposited', 'InstrumentSettled'])

/** An append in which marks, fresh collateral and trades play no part: only a default is at work. */
const isOfDefault = ({ events }: Append): boolean =>
  events.some(({ type }) => ofDefault.has(type)) && !events.some(({ type }) => other.has(type))

const defaultersIn = ({ before, events }: Append): ReadonlySet<string> =>
  new Set([
    ...eventsOf(events, 'Liquidated').map(({ data }) => data.account),
    ...eventsOf(events, 'InsuranceDrawn').map(({ data }) => data.defaulter),
    ...eventsOf(events, 'Deleveraged').map(({ data }) => data.account),
    ...eventsOf(events, 'CollateralBought').map(({ data }) => data.account),
    ...before.standing.bankrupt,
  ])

/** What an account has paid of what others of its owner owe. */
const setOffBy = (events: readonly LedgerEvent[], id: string): Decimal =>
  sum(eventsOf(events, 'OwnerSetOff').flatMap(({ data }) => (data.from === id ? [decimal(data.amount)] : [])))

/** All that another's default may reach, in whole units, once it has paid so much for its owner: what there is beyond what was paid in. */
const giveable = (pool: Pool, id: string, paid: Decimal = zero): Decimal =>
  floor(profitOf(pool, accountIn(pool, id), paid), settlementPlaces(pool))

/** Nobody pays for the default of another owner out of principal; a position closed leaves less than a unit to dust, and a coin bought costs less than one more. */
export const principalIsUntouched: Law = (append) => {
  if (!isOfDefault(append)) return undefined
  const { before, after, events } = append
  const defaulters = defaultersIn(append)
  const touched = new Set(
    events.flatMap(({ postings }) => postings.flatMap(({ account }) => account.split('/')[1] ?? [])),
  )
  for (const id of touched) {
    if (!before.accounts.has(id) || defaulters.has(id)) continue
    const lost = subtract(equityIn(before, id), equityIn(after, id))
    const bought = eventsOf(events, 'CollateralSold').filter(({ data }) => data.bidder === id).length
    const rounding = units(after, accountIn(before, id).positions.size + bought)
    const paid = setOffBy(events, id)
    const mayLose = sum([giveable(before, id, paid), paid, rounding])
    if (greaterThan(lost, mayLose)) return `${id} lost ${format(lost)}, its profit was ${format(giveable(before, id))}`
  }
  return undefined
}

export const nobodyGetsMoreThanOwed: Law = ({ before, after, events }) => {
  if (before.bulk !== undefined) return undefined
  const paid = new Set([
    ...eventsOf(events, 'InsuranceDrawn').flatMap(({ data }) => (data.purpose === 'write-off' ? [data.defaulter] : [])),
    ...eventsOf(events, 'LossSocialized').flatMap(({ data }) => data.given.map(({ account }) => account)),
  ])
  for (const id of paid) {
    // What coins are worth is rounded down, each.
    const rounding = units(after, 1 + accountIn(before, id).balances.size)
    if (atLeast(bestIn(before, id), rounding) || atLeast(bestIn(after, id), rounding))
      return `${id} lacked ${format(negate(bestIn(before, id)))} and has ${format(bestIn(after, id))} now`
  }
  return undefined
}

/** Whoever was paid for by others is worth nothing at his worst afterwards, but for what rounding leaves of each coin. */
export const whoIsPaidForHasNothing: Law = ({ before, after, events }) => {
  if (before.bulk !== undefined || after.bulk !== undefined) return undefined
  const paid = [
    ...eventsOf(events, 'InsuranceDrawn').flatMap(({ data }) => (data.purpose === 'write-off' ? [data.defaulter] : [])),
    ...eventsOf(events, 'LossSocialized').flatMap(({ data }) => data.given.map(({ account }) => account)),
  ]
  for (const id of paid) {
    const { worst } = healthOf(after, accountIn(after, id))
    if (greaterThan(worst, units(after, 1 + accountIn(before, id).balances.size)))
      return `others pay for ${id}, who is worth ${format(worst)} at the worst afterwards`
  }
  return undefined
}

/** Nobody else pays what somebody's own coins are worth: those are sold, to the fund at the last, before others give. */
export const coinsPayFirst: Law = ({ before, events }) => {
  if (before.bulk !== undefined) return undefined
  const paid = new Map<string, Decimal>()
  const count = (id: string, amount: string) => paid.set(id, add(paid.get(id) ?? zero, decimal(amount)))
  for (const { data } of eventsOf(events, 'InsuranceDrawn'))
    if (data.purpose === 'write-off') count(data.defaulter, data.amount)
  for (const { data } of eventsOf(events, 'LossSocialized'))
    for (const { account, amount } of data.given) count(account, amount)
  for (const [id, amount] of paid) {
    const { amount: debt, worth, waits } = debtOf(before, accountIn(before, id))
    if (waits) return `others pay for ${id}, whose coins wait for a price`
    if (greaterThan(amount, max(zero, subtract(debt, worth))))
      return `others pay ${format(amount)} of the ${format(debt)} that ${id} owes, with coins worth ${format(worth)}`
  }
  return undefined
}

/** What an account may still give of its profit in an instrument, in whole units; of all of it where none is named. */
const giveableIn = (
  pool: Pool,
  id: string,
  instrument: string | undefined,
  { given, paid }: { readonly given: Decimal; readonly paid: Decimal },
): Decimal => {
  const left = subtract(giveable(pool, id, paid), given)
  if (instrument === undefined) return left
  const account = accountIn(pool, id)
  const made = profitsIn(pool, account, profitOf(pool, account, paid)).get(instrument) ?? zero
  return min(left, floor(made, settlementPlaces(pool)))
}

/**
 * Of the profit in each instrument in turn, then of what is left of all of it, everybody gives the same part, to the unit;
 * what is taken is what is given; what is left is said.
 */
export const lossesAreShared: Law = ({ before, events }) => {
  for (const { data } of eventsOf(events, 'LossSocialized')) {
    if (data.bulk !== undefined) continue
    const total = (shares: readonly { readonly amount: string }[]) => sum(shares.map(({ amount }) => decimal(amount)))
    const taken = total(data.taken)
    if (!equals(taken, total(data.given))) return 'what is taken is not what is given'
    if (!equals(add(taken, decimal(data.uncovered)), decimal(data.loss))) return 'the loss is not given and uncovered'
    const profits = sum([...before.accounts.keys()].map((id) => giveable(before, id, setOffBy(events, id))))
    if (isPositive(decimal(data.uncovered)) && !equals(taken, profits)) return 'a loss is left over, and so is profit'
    if (!equals(decimal(data.profits), profits)) return `the profits are ${format(profits)}, not ${data.profits}`
    const given = new Map<string, Decimal>()
    for (const instrument of new Set(data.taken.map((each) => each.instrument))) {
      const own = data.taken.filter((each) => each.instrument === instrument)
      const has = new Map(
        [...before.accounts.keys()].map((id) => [
          id,
          giveableIn(before, id, instrument, { given: given.get(id) ?? zero, paid: setOffBy(events, id) }),
        ]),
      )
      const [part, all] = [total(own), sum(has.values())]
      for (const { account, amount } of own) {
        const most = has.get(account) ?? zero
        const off = subtract(multiply(decimal(amount), all), multiply(most, part))
        if (greaterThan(abs(off), multiply(units(before, 1), all))) return `${account} is cut by ${amount}`
        if (greaterThan(decimal(amount), most)) return `${account} gives more than its profit`
        given.set(account, add(given.get(account) ?? zero, decimal(amount)))
      }
    }
  }
  return undefined
}

/** Profits are cut only once the layers before have paid all they hold, or all that the caps of those accounts allow. */
export const theWaterfallHasAnOrder: Law = ({ before, after, events }) => {
  const cut = eventsOf(events, 'LossSocialized').length > 0
  if (!cut || before.bulk !== undefined) return undefined
  const { bankrupt, duties } = before.standing
  if ([...bankrupt].some((id) => !duties.owing.has(id))) return undefined
  if ([...duties.owing].some((id) => debtOf(before, accountIn(before, id)).waits)) return undefined
  const { fund, skinInTheGame } = layersOf(after)
  const left = add(fund, skinInTheGame)
  const capped = eventsOf(events, 'LossSocialized').every(({ data }) =>
    data.given.every(({ account }) => isCapped(before, after, account)),
  )
  return isZero(left) || capped ? undefined : `profits were cut, ${format(left)} was prefunded`
}

/** A deleveraged account holds nothing that could be dealt in; one below zero is not above it afterwards, one above zero not below. */
export const deleveragingFlattens: Law = ({ before, after, events }) => {
  for (const { data } of eventsOf(events, 'LiquidationEnded')) {
    if (data.reason !== 'deleveraged') continue
    const left = healthOf(after, accountIn(after, data.account)).positions.find(({ live }) => live)
    if (left !== undefined) return `${data.account} still holds ${left.instrument.id}`
    const [was, is] = [bestIn(before, data.account), bestIn(after, data.account)]
    const rounding = units(after, 1 + accountIn(before, data.account).positions.size)
    if (isNegative(was) && greaterThan(is, rounding)) return `${data.account} gained by being deleveraged`
    if (!isNegative(was) && lessThan(add(is, rounding), zero)) return `${data.account} was solvent and owes now`
  }
  return undefined
}

/** Nobody gives: a counterparty is worth no less once its position is closed at the mark, but for what rounds to dust. */
export const deleveragingTakesNothing: Law = ({ before, after, events }) => {
  if (events.some(({ type }) => type === 'InstrumentSettled' || type === 'LossSocialized')) return undefined
  const closed = eventsOf(events, 'Deleveraged')
  for (const { data } of closed) {
    if (isNegative(decimal(data.share))) return `${data.counterparty} gave for what was closed of ${data.account}`
    const lost = subtract(equityIn(before, data.counterparty), equityIn(after, data.counterparty))
    if (data.counterparty !== closed[0]?.data.account && greaterThan(lost, units(after, 2 * closed.length)))
      return `${data.counterparty} lost ${format(lost)} by what was closed of ${data.account}`
  }
  return undefined
}
