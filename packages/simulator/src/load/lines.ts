import { type Account, type Book, type Health, healthOf, type Instrument } from '@novation/clearing'
import {
  abs,
  add,
  type Decimal,
  decimal,
  divideFloor,
  equals,
  format,
  integer,
  isNegative,
  isPositive,
  isZero,
  multiply,
  one,
  subtract,
  toNumber,
  zero,
} from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Sending, sending } from './sending'

/** What equity is held against. */
export type Line = (health: Health) => Decimal

const initial: Line = ({ initial }) => initial
const maintenance: Line = ({ maintenance }) => maintenance
const nothing: Line = () => zero

const bufferOf =
  (buffer: string): Line =>
  (health) =>
    multiply(add(one, decimal(buffer)), health.maintenance)

const cent = decimal('0.01')

/** The step of price that moves a holder's equity by one cent, where there is such a one. */
const stepFor = (instrument: Instrument, quantity: Decimal): Decimal | undefined => {
  const size = abs(multiply(quantity, instrument.multiplier))
  const step = divideFloor(cent, size, 12)
  return equals(multiply(step, size), cent) ? step : undefined
}

/** How an account would stand at another price. */
const healthAt = (book: Book, account: Account, instrument: Instrument, value: Decimal): Health =>
  book.rehearse(() => {
    if (instrument.price !== undefined) book.set(instrument, 'price', { ...instrument.price, value })
    return healthOf(book, account)
  })

interface OnLine {
  readonly price: Decimal
  /** The price at which equity is one cent lower. */
  readonly below: Decimal
}

/**
 * The price at which an account's equity is exactly on a line, to the last unit, found by halving: of a position's two
 * sides only equity moves by whole cents, so a price may step over the line, and then there is none.
 */
export const priceOnLine = (pool: Book, account: Account, id: string, line: Line): OnLine | undefined => {
  const instrument = pool.instruments.get(id)
  const quantity = account.positions.get(id)?.quantity
  const mark = instrument?.price?.value
  if (instrument === undefined || quantity === undefined || mark === undefined) return undefined
  const step = stepFor(instrument, quantity)
  if (step === undefined) return undefined
  const priceAt = (steps: number): Decimal => multiply(step, integer(steps))
  const above = (steps: number): Decimal => {
    const health = healthAt(pool, account, instrument, priceAt(steps))
    return subtract(health.equity, line(health))
  }
  let low = 1
  let high = Math.ceil((2 * toNumber(mark)) / toNumber(step))
  // A price that is a lie may be so many steps away that they cannot be counted one by one.
  if (!Number.isSafeInteger(high)) return undefined
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const gap = above(middle)
    if (isZero(gap)) return { price: priceAt(middle), below: priceAt(middle + (isPositive(quantity) ? -1 : 1)) }
    if (isNegative(gap) === isPositive(quantity)) low = middle
    else high = middle
  }
  return undefined
}

interface Target {
  readonly account: string
  readonly line: Line
}

const targetOf = (dice: Dice, event: LedgerEvent): Target | undefined => {
  switch (event.type) {
    case 'TradeCleared':
      return {
        account: dice.pick([event.data.buyer, event.data.seller]),
        line: dice.pick([maintenance, maintenance, initial, nothing]),
      }
    case 'MarginCall':
      return { account: event.data.account, line: maintenance }
    case 'LiquidationStarted':
      return { account: event.data.account, line: dice.pick([nothing, bufferOf(event.data.terms.buffer), maintenance]) }
    default:
      return undefined
  }
}

/** No further from the mark than this: one account's line is to be met, not everybody's. */
const nearby = (price: Decimal, mark: Decimal | undefined): boolean =>
  mark !== undefined && Math.abs(toNumber(price) / toNumber(mark) - 1) < 0.3

/** Prices that follow an event and put somebody in it exactly on a line, and now and then one unit below it thereafter. */
export const linesAfter = (dice: Dice, pool: Book, event: LedgerEvent, observedAt: string): readonly Sending[] => {
  if (!dice.chance(0.35)) return []
  const target = targetOf(dice, event)
  const account = pool.accounts.get(target?.account ?? '')
  const [held] = account === undefined ? [] : [...account.positions.keys()].sort()
  if (target === undefined || account === undefined || held === undefined) return []
  const found = priceOnLine(pool, account, held, target.line)
  if (found === undefined || !nearby(found.price, pool.instruments.get(held)?.price?.value)) return []
  const tick = (name: string, price: Decimal, at_ms: number): Sending =>
    sending(
      pool.name,
      at_ms,
      `${name}-${event.revision}`,
      'PublishPrice',
      { instrument: held, price: format(price), observedAt },
      'oracle',
    )
  return [tick('on', found.price, 0), ...(dice.chance(0.5) ? [tick('below', found.below, dice.whole(0, 3_000))] : [])]
}
