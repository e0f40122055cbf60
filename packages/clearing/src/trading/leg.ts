import {
  abs,
  add,
  compare,
  type Decimal,
  divideFloor,
  floor,
  format,
  isNegative,
  isPositive,
  isZero,
  lessThan,
  multiply,
  negate,
  subtract,
  zero,
} from '@novation/decimal'
import type { Posting, Proposal } from '@novation/events'
import { event } from '../decision'
import { settlementPlaces } from '../state/health'
import { clearing, dust, positionOf, trader } from '../state/names'
import type { Account, Instrument, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { settleFunding } from './funding'

/** One side of a novation: the account against the house. `quantity` is the signed change. */
export interface Leg {
  readonly kind: 'PositionOpened' | 'PositionIncreased' | 'PositionReduced' | 'PositionClosed'
  readonly held: Decimal
  /** Profit or loss that moved into cash; zero unless the position shrank. */
  readonly realised: Decimal
  readonly postings: readonly Posting[]
}

const kindOf = (held: Decimal, after: Decimal): Leg['kind'] => {
  if (isZero(held)) return 'PositionOpened'
  if (isZero(after)) return 'PositionClosed'
  return lessThan(abs(after), abs(held)) ? 'PositionReduced' : 'PositionIncreased'
}

const settlementAssetOf = (pool: Pool): string => {
  if (pool.settlementAsset === undefined) throw new RangeError('a pool without settlement asset has no positions')
  return pool.settlementAsset
}

/**
 * The postings of one side that does not pass through zero. Cost is carried exactly; a reduction realises
 * `floor(positionCash x closed / held + proceeds)` and leaves the remainder in the position; a close pays the floor of
 * all that is left and the rest goes to dust (risk 1). `counter` is who stands on the other side.
 */
export const legOf = (
  pool: Pool,
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
  counter: string = clearing,
): Leg => {
  const asset = settlementAssetOf(pool)
  const places = settlementPlaces(pool)
  const position = account.positions.get(instrument.id)
  const held = position?.quantity ?? zero
  const cash = position?.cash ?? zero
  const after = add(held, quantity)
  const kind = kindOf(held, after)
  const own = positionOf(account.id, instrument.id)
  const paid = multiply(multiply(quantity, price), instrument.multiplier)
  const novated = [...transfer(counter, own, instrument.id, quantity), ...transfer(own, counter, asset, paid)]
  if (kind === 'PositionOpened' || kind === 'PositionIncreased')
    return { kind, held: after, realised: zero, postings: novated }

  const proceeds = negate(paid)
  const left = add(cash, proceeds)
  const realised =
    kind === 'PositionClosed'
      ? floor(left, places)
      : divideFloor(add(multiply(cash, abs(quantity)), multiply(proceeds, abs(held))), abs(held), places)
  const remainder = kind === 'PositionClosed' ? subtract(left, realised) : zero
  return {
    kind,
    held: after,
    realised,
    postings: [
      ...novated,
      ...transfer(own, trader(account.id), asset, realised),
      ...transfer(own, dust, asset, remainder),
    ],
  }
}

const legEvent = (
  pool: Pool,
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
): Proposal => {
  const { kind, held, realised, postings } = legOf(pool, account, instrument, quantity, price)
  const move = {
    account: account.id,
    instrument: instrument.id,
    quantity: format(quantity),
    held: format(held),
    price: format(price),
  }
  return kind === 'PositionReduced' || kind === 'PositionClosed'
    ? event(kind, { ...move, realised: format(realised) }, postings)
    : event(kind, move, postings)
}

const crossesZero = (held: Decimal, quantity: Decimal): boolean =>
  !isZero(held) && isPositive(held) !== isPositive(quantity) && compare(abs(quantity), abs(held)) > 0

/** One account trades with the house: due funding first; a trade through zero is a close and an open. */
export const novate = (
  pool: Pool,
  id: string,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
): readonly Proposal[] => {
  const account = pool.accounts.get(id)
  if (account === undefined) throw new RangeError(`no account ${id} to trade with`)
  const funding = settleFunding(pool, account, [instrument.id])
  const held = account.positions.get(instrument.id)?.quantity ?? zero
  if (!crossesZero(held, quantity)) return [...funding, legEvent(pool, account, instrument, quantity, price)]
  const flat: Account = { ...account, positions: account.positions.delete(instrument.id) }
  return [
    ...funding,
    legEvent(pool, account, instrument, negate(held), price),
    legEvent(pool, flat, instrument, add(held, quantity), price),
  ]
}

/** Minus one for a short, one for a long. */
export const signOf = (quantity: Decimal): 1 | -1 => (isNegative(quantity) ? -1 : 1)
