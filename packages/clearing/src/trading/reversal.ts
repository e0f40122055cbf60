import {
  abs,
  add,
  type Decimal,
  equals,
  floor,
  isNegative,
  isZero,
  multiply,
  negate,
  subtract,
  zero,
} from '@novation/decimal'
import { meanCrowding } from '@novation/risk'
import type { Draft } from '../decision'
import type { Account, Instrument, Position } from '../state/pool'
import { type Move, transfer } from '../state/postings'
import type { SideBefore } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { broughtByTrade } from './leg'

/** One side of a trade that is taken back. */
export interface Reversal {
  readonly account: Account
  /** The signed change of what it holds, and what it holds afterwards. */
  readonly quantity: Decimal
  readonly held: Decimal
  /** What the trade had realised, given back. */
  readonly reversed: Decimal
  /** What a position realises of which nothing is left. */
  readonly realised: Decimal
  readonly crowding: Decimal
  readonly moves: readonly Move[]
}

/**
 * How crowded a position is then: as it was before the trade, where it is what that made of it; else what shrinks keeps its own,
 * and what grows again is as crowded as it was before.
 */
const crowdingAfter = (now: Position, before: SideBefore, quantity: Decimal): Decimal => {
  const held = add(now.quantity, quantity)
  if (equals(held, before.held) || isZero(now.quantity) || isNegative(held) !== isNegative(now.quantity))
    return before.crowding
  const grown = subtract(abs(held), abs(now.quantity))
  return isNegative(grown)
    ? now.crowding
    : meanCrowding({ size: abs(now.quantity), crowding: now.crowding }, { size: grown, crowding: before.crowding })
}

/**
 * One side dealt the other way (`quantity`, signed), as if the trade had not been: the position gets back what that cost and what
 * it had realised, so where nothing was dealt in between it is what it was, cost and all. Where nothing of it is left, what
 * the rest of its cost comes to is realised, and what is finer than a unit goes to dust.
 */
export const reversalOf = (
  { pool, slot }: Pick<Draft, 'pool' | 'slot'>,
  account: Account,
  instrument: Instrument,
  before: SideBefore,
  quantity: Decimal,
  price: Decimal,
): Reversal => {
  const asset = pool.settlementAsset ?? ''
  const places = settlementPlaces(pool)
  const own = slot(account, instrument)
  const { realised: was, remainder } = broughtByTrade(before, instrument, negate(quantity), price, places)
  const paid = multiply(multiply(quantity, price), instrument.multiplier)
  const held = add(own.quantity, quantity)
  const cash = add(subtract(own.cash, paid), add(was, remainder))
  const realised = isZero(held) ? floor(cash, places) : zero
  const rest = isZero(held) ? subtract(cash, realised) : zero
  return {
    account,
    quantity,
    held,
    reversed: negate(was),
    realised,
    crowding: isZero(held) ? zero : crowdingAfter(own, before, quantity),
    moves: [
      ...transfer(pool.clearing, own, instrument.id, quantity),
      ...transfer(own, pool.clearing, asset, paid),
      ...transfer(account, own, asset, subtract(was, realised)),
      ...transfer(pool.dust, own, asset, subtract(remainder, rest)),
    ],
  }
}
