import {
  abs,
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  max,
  multiply,
  negate,
  subtract,
  zero,
} from '@novation/decimal'
import type { EventData, LedgerEvent } from '@novation/events'
import { markOf } from '../state/health'
import type { Account, Pool } from '../state/pool'
import { accountIn, type Law, units } from './append'
import { finalPrice, isOfExpiry } from './payoff'

/** By how much an event may change somebody's equity, and how many of their positions it rounds. */
interface Change {
  readonly account: string
  readonly by: Decimal
  /** By what instrument. */
  readonly of?: string
  readonly rounded?: number
}

const instrumentOf = (pool: Pool, id: string) => {
  const instrument = pool.instruments.get(id)
  if (instrument === undefined) throw new Error(`no instrument ${id}`)
  return instrument
}

/** What so much of an instrument gains where it is worth `to` and no longer `from`. */
const gain = (pool: Pool, id: string, quantity: Decimal, from: Decimal, to: Decimal): Decimal =>
  multiply(multiply(quantity, instrumentOf(pool, id).multiplier), subtract(to, from))

/** What so much of an asset counts for. */
const counted = (pool: Pool, id: string, amount: Decimal): Decimal => {
  const asset = pool.assets.get(id)
  if (asset === undefined || asset.settlement) return amount
  return multiply(amount, asset.price?.value ?? zero)
}

/** What an account holds of an asset, less what came while that had no price and has had none since. */
const holding = (pool: Pool, { balances, unvalued }: Account, id: string): Decimal => {
  const held = balances.get(id) ?? zero
  const waiting = unvalued.get(id)
  const price = pool.assets.get(id)?.price
  return waiting === undefined || (price !== undefined && price.observedAt >= waiting.since)
    ? held
    : max(zero, subtract(held, waiting.amount))
}

/** By how much what is paid in or out of an account changes what it holds of an asset that counts. */
const moved = (before: Pool, after: Pool, { account, asset }: { account: string; asset: string }): Change => {
  const [was, is] = [before, after].map((pool) => holding(pool, accountIn(pool, account), asset))
  return { account, by: subtract(counted(before, asset, is ?? zero), counted(before, asset, was ?? zero)) }
}

const byPrice = (before: Pool, after: Pool, name: string): readonly Change[] =>
  [...before.accounts.values()].map((account) => {
    const { id, positions } = account
    const quantity = positions.get(name)?.quantity
    if (quantity !== undefined)
      return {
        account: id,
        by: gain(before, name, quantity, markOf(instrumentOf(before, name)), markOf(instrumentOf(after, name))),
      }
    const [was, is] = [holding(before, account, name), holding(after, accountIn(after, id), name)]
    return { account: id, by: subtract(counted(after, name, is), counted(before, name, was)) }
  })

/** What a market event of an underlying does to all who hold options on it, or what expires with them. */
const byMarks = (before: Pool, after: Pool, underlying: string | undefined): readonly Change[] =>
  [...before.accounts.values()].flatMap(({ id, positions }) =>
    [...positions.values()].flatMap(({ instrument: { id: name }, quantity }) => {
      const [was, is] = [before.instruments.get(name)?.price?.value, after.instruments.get(name)?.price?.value]
      const isMarked = instrumentOf(before, name).option !== undefined
      const isMeant = underlying === undefined || instrumentOf(before, name).underlying === underlying
      if (was === undefined || is === undefined || !isMarked || !isMeant) return []
      return [{ account: id, of: name, by: gain(before, name, quantity, was, is) }]
    }),
  )

/** Once the price of an expiry is known all of it is worth what it comes to, and time goes on for what ends later. */
const byFixing = (before: Pool, after: Pool, data: EventData<'ExpiryFixed'>): readonly Change[] => [
  ...byMarks(before, after, data.underlying).filter(({ of = '' }) => !isOfExpiry(before, of, data)),
  ...[...before.accounts.values()].flatMap(({ id, positions }) =>
    [...positions.values()]
      .filter(({ instrument }) => isOfExpiry(before, instrument.id, data) && !instrument.settled)
      .map(({ instrument, quantity }) => {
        const to = finalPrice(instrument, decimal(data.price))
        return { account: id, by: gain(before, instrument.id, quantity, markOf(instrument), to) }
      }),
  ),
]

/** All that an event says that moves anybody's equity: prices, funding, and payments named in it. */
const changesOf = (before: Pool, after: Pool, { type, data }: LedgerEvent): readonly Change[] => {
  switch (type) {
    case 'PriceTick':
      return [
        ...byPrice(before, after, data.instrument ?? data.asset ?? ''),
        ...(data.asset === undefined ? [] : byMarks(before, after, data.asset)),
      ]
    case 'RiskModelSet':
      return byMarks(before, after, data.model.underlying)
    case 'ForwardTick':
    case 'VolatilityTick':
      return byMarks(before, after, data.underlying)
    case 'CurveTick':
      return byMarks(before, after, undefined)
    case 'ExpiryFixed':
      return byFixing(before, after, data)
    case 'ExpirySettled':
      return data.positions.map(({ account }) => ({ account, by: zero, rounded: 1 }))
    case 'FundingPaid': {
      const moved = subtract(decimal(data.index), instrumentOf(before, data.instrument).fundingIndex)
      return [...before.accounts.values()].flatMap(({ id, positions }) => {
        const held = positions.get(data.instrument)
        return held === undefined ? [] : [{ account: id, by: negate(multiply(held.quantity, moved)), rounded: 1 }]
      })
    }
    case 'CollateralDeposited':
      return before.assets.get(data.asset)?.settlement === true
        ? [{ account: data.account, by: decimal(data.amount) }]
        : [moved(before, after, data)]
    case 'CollateralWithdrawn':
      return before.assets.get(data.asset)?.settlement === true
        ? [{ account: data.account, by: negate(decimal(data.amount)) }]
        : [moved(before, after, data)]
    case 'PositionOpened':
    case 'PositionIncreased':
    case 'PositionReduced':
    case 'PositionClosed': {
      const mark = markOf(instrumentOf(before, data.instrument))
      const by = gain(before, data.instrument, decimal(data.quantity), decimal(data.price), mark)
      return [{ account: data.account, by, rounded: 1 }]
    }
    case 'TradeBusted': {
      const mark = markOf(instrumentOf(before, data.instrument))
      return data.sides.map(({ account, quantity }) => ({
        account,
        by: gain(before, data.instrument, decimal(quantity), decimal(data.price), mark),
        rounded: 1,
      }))
    }
    case 'InstrumentSettled': {
      const mark = before.instruments.get(data.instrument)?.price?.value ?? zero
      return data.positions.map(({ account, quantity }) => ({
        account,
        by: gain(before, data.instrument, decimal(quantity), mark, decimal(data.price)),
        rounded: 1,
      }))
    }
    case 'Liquidated': {
      const { payment, charge, reward } = data
      return [
        { account: data.account, by: negate(add(decimal(payment), decimal(charge))), rounded: data.closed.length },
        { account: data.bidder, by: add(decimal(payment), decimal(reward)) },
      ]
    }
    case 'CollateralSold': {
      const by = subtract(decimal(data.paid), multiply(decimal(data.quantity), decimal(data.price)))
      return [
        { account: data.account, by },
        { account: data.bidder, by: negate(by) },
      ]
    }
    case 'CollateralBought': {
      const { account, paid, quantity, price } = data
      return [{ account, by: subtract(decimal(paid), multiply(decimal(quantity), decimal(price))) }]
    }
    case 'Deleveraged':
      return [
        { account: data.account, by: negate(decimal(data.share)), rounded: 1 },
        { account: data.counterparty, by: decimal(data.share), rounded: 1 },
      ]
    case 'InsuranceDrawn':
      return [{ account: data.to, by: decimal(data.amount) }]
    case 'OwnerSetOff':
      return [
        { account: data.from, by: negate(decimal(data.amount)) },
        { account: data.to, by: decimal(data.amount) },
      ]
    case 'LossSocialized':
      return [
        ...data.taken.map(({ account, amount }) => ({ account, by: negate(decimal(amount)) })),
        ...data.given.map(({ account, amount }) => ({ account, by: decimal(amount) })),
      ]
    default:
      return []
  }
}

/** No event but a price, funding, a fee or a payment named in it moves anybody's equity by more than a unit for each position it rounds. */
export const equityIsContinuous: Law = ({ before, after, events, equities }) => {
  for (const [i, event] of events.entries()) {
    const changes = changesOf(before, after, event)
    for (const [id, is] of equities[i + 1] ?? []) {
      const own = changes.filter(({ account }) => account === id)
      const expected = own.reduce((sum, { by }) => add(sum, by), equities[i]?.get(id) ?? zero)
      const off = subtract(is, expected)
      const rounded = own.reduce((sum, change) => sum + (change.rounded ?? 0), 0)
      if (greaterThan(abs(off), units(before, rounded)))
        return `${event.type} moves the equity of ${id} by ${format(off)} that it does not name`
    }
  }
  return undefined
}
