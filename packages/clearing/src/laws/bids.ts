import {
  abs,
  add,
  addRatios,
  compareRatios,
  type Decimal,
  decimal,
  equals,
  floor,
  format,
  isNegative,
  isPositive,
  lessThan,
  min,
  multiply,
  one,
  ratio,
  scale,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import type { Command, LedgerEvent } from '@novation/events'
import type { Book } from '../state/book'
import { healthOf } from '../state/health'
import { liveItems } from '../state/items'
import type { Pool } from '../state/pool'
import { settlementPlaces } from '../state/worth'
import { accountIn, eventsOf, type Law, units, wouldDecide } from './append'
import { isRelief } from './fills'

const coinsIn = (events: readonly LedgerEvent[]) => eventsOf(events, 'CollateralSold').map(({ data }) => data)

/** Only accounts below what their liquidation restores, never by themselves, and whoever takes over stands at initial margin. */
export const bidsAreAllowed: Law = ({ before, after, events }) => {
  for (const { data } of eventsOf(events, 'Liquidated')) {
    const { liquidation } = accountIn(before, data.account)
    const { best, maintenance, collateral } = healthOf(before, accountIn(before, data.account))
    const target = multiply(add(one, decimal(liquidation?.terms.buffer ?? '0')), maintenance)
    const isOfDebit = liquidation?.cause === 'debit' && isNegative(collateral.cash)
    if (!isOfDebit && liquidation?.cause !== 'call' && !lessThan(best, target))
      return `${data.account} was not below what its liquidation restores`
    if (accountIn(before, data.bidder).owner === accountIn(before, data.account).owner)
      return `${data.account} was bid for by its owner`
    const { worst, initial } = healthOf(after, accountIn(after, data.bidder))
    if (lessThan(worst, initial)) return `${data.bidder} does not cover its initial margin`
    const sold = [...data.closed.map(({ instrument }) => instrument), ...coinsIn(events).map(({ asset }) => asset)]
    const dead = sold.find((id) => (before.instruments.get(id) ?? before.assets.get(id))?.stand.live !== true)
    if (dead !== undefined) return `${dead} was bid for, whose market stands still`
    const cash = accountIn(after, data.bidder).balances.get(after.settlementAsset ?? '') ?? zero
    if (coinsIn(events).length > 0 && isNegative(cash)) return `${data.bidder} owes cash, having bought coins`
  }
  return undefined
}

/** The account is left at least W+ * (1 - x), x the part of what it requires that is taken over, coins too (house rules 3). */
export const bidsAreFair: Law = ({ before, events }) => {
  for (const { data } of eventsOf(events, 'Liquidated')) {
    const { best, maintenance, positions, collateral } = healthOf(before, accountIn(before, data.account))
    if (isNegative(best)) continue
    const taken = data.closed.map(({ instrument, quantity }) => {
      const valued = positions.find((position) => position.instrument.id === instrument)
      if (valued === undefined) throw new Error(`${data.account} holds no ${instrument}`)
      return ratio(multiply(valued.maintenance, abs(decimal(quantity))), abs(valued.quantity))
    })
    const bought = coinsIn(events).map(({ asset, quantity }) => {
      const coin = collateral.coins.find(({ id }) => id === asset)
      if (coin === undefined) throw new Error(`${data.account} has no ${asset}`)
      return ratio(multiply(coin.required, decimal(quantity)), coin.quantity)
    })
    const cost = multiply(add(decimal(data.payment), decimal(data.charge)), maintenance)
    if (compareRatios(whole(cost), scale([...taken, ...bought].reduce(addRatios, whole(zero)), best)) > 0)
      return `${data.account} paid ${data.payment} and ${data.charge} out of ${format(best)}`
  }
  return undefined
}

/** min(tip left + share of the charge, charge): never more than what the fund was paid; the tip is paid once. */
export const keepersAreRewarded: Law = ({ before, events }) => {
  for (const { data } of eventsOf(events, 'Liquidated')) {
    const open = accountIn(before, data.account).liquidation
    if (open === undefined) return `no liquidation of ${data.account} was open`
    const charge = decimal(data.charge)
    const shared = multiply(decimal(open.terms.keeperShare), charge)
    const most = add(open.tip, shared)
    if (!equals(decimal(data.tipLeft), subtract(open.tip, min(open.tip, subtract(charge, shared)))))
      return `${data.tipLeft} of the tip is left`
    if (!equals(decimal(data.reward), floor(min(most, charge), settlementPlaces(before))))
      return `reward ${data.reward}`
  }
  return undefined
}

/** Whether this bid, made in its place, brings the account to its buffer or beyond. */
const restores = (before: Book, at: string, command: Command): boolean => {
  const { decision, made } = wouldDecide(before, at, command)
  return decision._tag === 'Right' && made.some(({ type }) => type === 'LiquidationEnded')
}

/** What an account has beyond its buffer once a fill is done: less than this may be the work of roundings alone. */
const roundings = 6

const surplus = (after: Pool, id: string, buffer: string): Decimal => {
  const { worst, maintenance } = healthOf(after, accountIn(after, id))
  return subtract(worst, multiply(add(one, decimal(buffer)), maintenance))
}

/**
 * One lot less would not have restored the account: shown where a bid closes a single position. Where closing costs more
 * than the margin it frees, all that is asked is closed, and only the roundings could have restored the account.
 */
export const nothingIsClosedInVain: Law = ({ before, after, events }) => {
  for (const { data, at, metadata } of eventsOf(events, 'Liquidated')) {
    const [closed, ...more] = data.closed
    const instrument = before.instruments.get(closed?.instrument ?? '')
    const { liquidation } = accountIn(before, data.account)
    // Where only dust would stay, all that is asked is closed.
    const stays = sum(liveItems(healthOf(after, accountIn(after, data.account))).map(({ value }) => value))
    const dust = lessThan(stays, decimal(liquidation?.terms.dust ?? '0'))
    const command = events[0]?.metadata.command
    if (coinsIn(events).length > 0 || liquidation?.cause !== undefined) continue
    if (closed === undefined || more.length > 0 || instrument === undefined || dust || command === undefined) continue
    if (isRelief(before, data)) continue
    if (lessThan(surplus(after, data.account, liquidation?.terms.buffer ?? '0'), units(after, roundings))) continue
    const less = subtract(abs(decimal(closed.quantity)), instrument.lot)
    if (!isPositive(less) || command.type !== 'BidLiquidation') continue
    const { bidder } = command.data
    const smaller = { liquidation: command.data.liquidation, bidder, instrument: instrument.id, quantity: format(less) }
    if (restores(before, at, { ...command, data: smaller }))
      return `${metadata.commandId} closes ${closed.quantity} ${instrument.id}, a lot less restores ${data.account} too`
  }
  return undefined
}
