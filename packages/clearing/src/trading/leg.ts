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
import type { Draft } from '../decision'
import type { Account, House, Instrument, Pool } from '../state/pool'
import { type Move, transfer } from '../state/postings'
import { settlementPlaces } from '../state/worth'
import { grownCrowding } from './crowding'
import { settleFundingIn } from './funding'

/** One side of a novation: the account against the house. `quantity` is the signed change. */
export interface Leg {
  readonly kind: 'PositionOpened' | 'PositionIncreased' | 'PositionReduced' | 'PositionClosed'
  readonly held: Decimal
  /** Profit or loss that moved into cash; zero unless the position shrank. */
  readonly realised: Decimal
  readonly moves: readonly Move[]
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

const crossesZero = (held: Decimal, quantity: Decimal): boolean =>
  !isZero(held) && isPositive(held) !== isPositive(quantity) && compare(abs(quantity), abs(held)) > 0

/** What a reduction or a close brings to the account, and what of a close is left for dust. */
export interface Brought {
  readonly realised: Decimal
  readonly remainder: Decimal
}

/**
 * Of a position that has cost `-cash`, a reduction realises `floor(positionCash x closed / held + proceeds)` and leaves the
 * remainder in the position; a close pays the floor of all that is left (risk 1). What grows brings nothing.
 */
const broughtBy = (held: Decimal, cash: Decimal, quantity: Decimal, proceeds: Decimal, places: number): Brought => {
  const after = add(held, quantity)
  if (isZero(held) || compare(abs(after), abs(held)) >= 0) return { realised: zero, remainder: zero }
  if (!isZero(after)) {
    const part = add(multiply(cash, abs(quantity)), multiply(proceeds, abs(held)))
    return { realised: divideFloor(part, abs(held), places), remainder: zero }
  }
  const left = add(cash, proceeds)
  const realised = floor(left, places)
  return { realised, remainder: subtract(left, realised) }
}

/** What all of a trade brings to a position, also where that passes through zero: there it is a close and an open. */
export const broughtByTrade = (
  { held, cash }: { readonly held: Decimal; readonly cash: Decimal },
  { multiplier }: Instrument,
  quantity: Decimal,
  price: Decimal,
  places: number,
): Brought => {
  const closed = crossesZero(held, quantity) ? negate(held) : quantity
  return broughtBy(held, cash, closed, negate(multiply(multiply(closed, price), multiplier)), places)
}

/**
 * The postings of one side that does not pass through zero. Cost is carried exactly; what a close leaves beside whole units
 * goes to dust (risk 1). `counter` is who stands on the other side.
 */
export const legOf = (
  { pool, slot }: Pick<Draft, 'pool' | 'slot'>,
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
  counter: House = pool.clearing,
): Leg => {
  const asset = settlementAssetOf(pool)
  const places = settlementPlaces(pool)
  const position = account.positions.get(instrument.id)
  const held = position?.quantity ?? zero
  const cash = position?.cash ?? zero
  const after = add(held, quantity)
  const kind = kindOf(held, after)
  const own = slot(account, instrument)
  const paid = multiply(multiply(quantity, price), instrument.multiplier)
  const novated = [...transfer(counter, own, instrument.id, quantity), ...transfer(own, counter, asset, paid)]
  if (kind === 'PositionOpened' || kind === 'PositionIncreased')
    return { kind, held: after, realised: zero, moves: novated }

  const { realised, remainder } = broughtBy(held, cash, quantity, negate(paid), places)
  return {
    kind,
    held: after,
    realised,
    moves: [...novated, ...transfer(own, account, asset, realised), ...transfer(own, pool.dust, asset, remainder)],
  }
}

const recordLeg = (
  draft: Draft,
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
  crowding: Decimal,
): void => {
  const { kind, held, realised, moves } = legOf(draft, account, instrument, quantity, price)
  const move = {
    account: account.id,
    instrument: instrument.id,
    quantity: format(quantity),
    held: format(held),
    price: format(price),
  }
  if (kind === 'PositionReduced' || kind === 'PositionClosed') {
    draft.record(kind, Object.assign(move, { realised: format(realised) }), moves)
    return
  }
  const grown = grownCrowding(account, instrument, quantity, crowding)
  draft.record(kind, isZero(grown) ? move : Object.assign(move, { crowding: format(grown) }), moves)
}

/**
 * One account trades with the house: due funding first; a trade through zero is a close and an open. What its position
 * grows by is margined by how crowded the instrument then is.
 */
export const novate = (
  draft: Draft,
  account: Account,
  instrument: Instrument,
  quantity: Decimal,
  price: Decimal,
  crowding: Decimal,
): void => {
  settleFundingIn(draft, account, instrument.id)
  const held = account.positions.get(instrument.id)?.quantity ?? zero
  const crosses = crossesZero(held, quantity)
  if (crosses) recordLeg(draft, account, instrument, negate(held), price, zero)
  recordLeg(draft, account, instrument, crosses ? add(held, quantity) : quantity, price, crowding)
}

/** Minus one for a short, one for a long. */
export const signOf = (quantity: Decimal): 1 | -1 => (isNegative(quantity) ? -1 : 1)
