import {
  add,
  atMost,
  type Decimal,
  isNegative,
  isPositive,
  lessThan,
  min,
  multiply,
  type Ratio,
  ratio,
  subtract,
  whole,
  zero,
} from '@novation/decimal'
import { type Breach, restores, type Standing, standingOf } from './breach'
import { valueAuctioned } from './fill'
import { fewestLots, lotsOf, quantityOf } from './lots'
import { sliceByTier, type TieredTerms } from './tiers'

/**
 * How much of position `index` a bid on it alone may close: the least that restores the account to `(1 + b) * MM`, in
 * lots, all roundings seen. All of it where it cannot restore the account (insolvent, or closing costs more than the
 * margin it frees), and where what would stay is below the dust notional. Zero where the buffer stands already.
 */
export const restoringQuantity = (breach: Breach, index: number): Decimal => {
  const position = breach.positions[index]
  if (position === undefined) throw new RangeError(`no position ${index}`)
  const { held, unitNotional, lot, terms } = position
  const standing = standingOf(breach)
  const need = subtract(multiply(standing.factor, standing.totalMargin), breach.equity)
  if (!isPositive(need)) return zero
  if (isNegative(breach.equity)) return held

  const notional = restoringNotional(standing, index, need, terms)
  if (notional === undefined) return held
  const guess = lotsOf({ ...notional, denominator: multiply(notional.denominator, unitNotional) }, lot)
  const most = lotsOf(whole(held), lot)
  const closing = (lots: bigint) => breach.positions.map((_, i) => (i === index ? quantityOf(lots, lot, held) : zero))
  const quantity = quantityOf(
    fewestLots(guess, most, (lots) => restores(standing, closing(lots))),
    lot,
    held,
  )
  const stays = multiply(subtract(held, quantity), unitNotional)
  return lessThan(stays, breach.dust) ? held : quantity
}

/**
 * The notional whose closing brings `need`, before lots and the rounding of the margin that is left; undefined where none
 * does. From the top tier down, closing n costs `n * cost` and frees `n * (1 + b) * mmf`; lower tiers free ever less.
 */
const restoringNotional = (standing: Standing, index: number, need: Decimal, terms: TieredTerms): Ratio | undefined => {
  const cost = costPerNotional(standing, index)
  let missing = multiply(need, cost.denominator)
  let closed = zero
  for (const { tier, notional } of sliceByTier(terms, standing.notionals[index] ?? zero).reverse()) {
    const gain = subtract(multiply(multiply(standing.factor, tier.maintenance), cost.denominator), cost.numerator)
    if (!isPositive(gain)) return undefined
    const brought = multiply(notional, gain)
    if (atMost(missing, brought)) return { numerator: add(multiply(closed, gain), missing), denominator: gain }
    missing = subtract(missing, brought)
    closed = add(closed, notional)
  }
  return undefined
}

/** What a bid on one position costs the account per notional closed: the payment and the charge, before rounding. */
const costPerNotional = (standing: Standing, index: number): Ratio => {
  const { equity, kept, discount, fee, totalMargin } = standing
  const value = multiply(standing.margins[index] ?? zero, valueAuctioned(equity, kept))
  const denominator = multiply(multiply(totalMargin, standing.notionals[index] ?? zero), discount.denominator)
  const payment = multiply(value, subtract(discount.denominator, discount.numerator))
  const charge = min(multiply(fee, denominator), multiply(value, discount.numerator))
  return ratio(add(payment, charge), denominator)
}
