import {
  abs,
  add,
  addRatios,
  ceil,
  type Decimal,
  equals,
  floorRatio,
  isNegative,
  isPositive,
  isZero,
  max,
  min,
  multiply,
  multiplyRatios,
  one,
  type Ratio,
  ratio,
  subtract,
  subtractRatios,
  sum,
  whole,
  zero,
} from '@novation/decimal'

/** What an account under liquidation has for sale: a position, or a coin it holds. */
export interface Item {
  /** |quantity|, above zero. */
  readonly held: Decimal
  /** Smallest step of a quantity, above zero: of a coin, a unit of it. */
  readonly lot: Decimal
  /** What one of it counts for: its notional, or the coin's price; above zero. */
  readonly unitValue: Decimal
  /** r_n: what of R it requires: its maintenance margin, or its part of H+. */
  readonly required: Decimal
}

/** What a fill takes of an item, and how much of that adds to what the bidder's owner holds (`growth`; a coin: all). */
export interface Taken {
  readonly item: Item
  readonly quantity: Decimal
  readonly grows: Decimal
}

/** An account under liquidation and the terms on which it may now be bid for. */
export interface Offer {
  /** W+ of the account. */
  readonly worth: Decimal
  /** R = MM + H+ of the account, not below zero; what cannot be dealt in now counts too. */
  readonly requirement: Decimal
  /** k, in [0, 1]: the share of its worth that earlier fills left the account. */
  readonly kept: Decimal
  /** d: the share of the value that it keeps of this one. */
  readonly discount: Ratio
  /** What the fund promises for taking risk, per requirement taken. */
  readonly promised: Ratio
  /** Of the fund, per value taken. */
  readonly fee: Decimal
  /** Decimals of the settlement asset. */
  readonly places: number
}

/** What a fill costs the account. */
export interface FillCost {
  /** floor(x * v): the part of the value that is shared out between account, bidder and fund. */
  readonly auctioned: Decimal
  /** What the bidder is promised in all, rounded down; the fund adds what the account does not pay. */
  readonly promise: Decimal
  /** From the account to the bidder. */
  readonly pays: Decimal
  /** From the account to the fund. */
  readonly charge: Decimal
}

/**
 * How much of what an owner takes over adds to what it holds of an instrument, all its accounts together; both signed, the
 * result absolute. What only closes what it held the other way is no risk, and no premium is paid for it. In parts it comes
 * to the same as at once.
 */
export const growth = (held: Decimal, taken: Decimal): Decimal =>
  isNegative(multiply(held, taken)) ? max(zero, subtract(abs(taken), abs(held))) : abs(taken)

/** Sum of `of / size * r_n`, exact. */
export const requiredOf = (parts: readonly Taken[], of: (taken: Taken) => Decimal): Ratio =>
  parts.reduce<Ratio>((total, taken) => {
    const { held, required } = taken.item
    const part = of(taken)
    if (isZero(part)) return total
    return addRatios(total, equals(part, held) ? whole(required) : ratio(multiply(part, required), held))
  }, whole(zero))

/** x * v of what requires so much: its share of `max(0, min(W+, R)) * (1 - k)`. Nothing is auctioned of what requires nothing. */
export const sharedValue = ({ worth, requirement, kept }: Offer, taken: Ratio): Ratio => {
  if (!isPositive(requirement) || !isPositive(worth)) return whole(zero)
  const value = multiply(min(worth, requirement), subtract(one, kept))
  return multiplyRatios(taken, ratio(value, requirement))
}

/**
 * What a fill costs: `pays = max(floor(x*v*(1-d)), min(floor(x*v), floor(promise)))` to the bidder and
 * `charge = min(ceil(fee*N), floor(x*v) - pays)` to the fund: never more than x of the value, so the account is never
 * left worse, by what it still requires, than it was.
 */
export const fillCost = (offer: Offer, parts: readonly Taken[]): FillCost =>
  costOf(offer, {
    value: sharedValue(
      offer,
      requiredOf(parts, ({ quantity }) => quantity),
    ),
    grows: requiredOf(parts, ({ grows }) => grows),
    notional: sum(parts.map(({ item, quantity }) => multiply(quantity, item.unitValue))),
  })

/** What a fill takes, however that is worked out. */
export interface Taking {
  /** x * v. */
  readonly value: Ratio
  /** What of the requirement it takes is new risk to the bidder. */
  readonly grows: Ratio
  /** N of what it takes. */
  readonly notional: Decimal
}

/** The same of what a fill takes, in whichever way an account's requirement tells it. */
export const costOf = (offer: Offer, { value, grows, notional }: Taking): FillCost => {
  const { discount, fee, places } = offer
  const auctioned = floorRatio(value, places)
  const asked = floorRatio(multiplyRatios(value, subtractRatios(whole(one), discount)), places)
  const promise = floorRatio(multiplyRatios(offer.promised, grows), places)
  const pays = max(asked, min(auctioned, promise))
  return { auctioned, promise, pays, charge: min(ceil(multiply(fee, notional), places), subtract(auctioned, pays)) }
}

/** What the fund adds to what the account pays, up to the promise and to what it has left for that (`room`, not below zero). */
export const premiumOf = ({ promise, pays }: FillCost, room: Decimal): Decimal =>
  min(max(zero, subtract(promise, pays)), room)

/** Terms of the keeper who brings a bid: `tip` once in a liquidation, `share` of each charge. */
export interface KeeperTerms {
  /** keeperTip, less the fixed parts that were paid in this liquidation. */
  readonly tip: Decimal
  readonly share: Decimal
}

export interface Reward {
  /** From the fund to the bidder, out of the charge; rounded down. */
  readonly reward: Decimal
  /** What is left of the tip. */
  readonly tip: Decimal
}

/** `floor(min(tip + share*charge, charge))`, never more than the charge; the tip pays what the share does not. */
export const rewardOf = ({ tip, share }: KeeperTerms, charge: Decimal, places: number): Reward => {
  const shared = multiply(share, charge)
  const fixed = min(tip, subtract(charge, shared))
  return { reward: floorRatio(whole(add(fixed, shared)), places), tip: subtract(tip, fixed) }
}

/** As finely as k is kept; rounded down, so that what is exact stays exact. */
const keptPlaces = 18

/**
 * k after a fill: `(k*W + floor(x*v) - pays - charge) / W'` within [0, 1], and 0 where nothing is left to keep. `worth` is
 * W' of the account, as the fill left it.
 */
export const keptAfter = (offer: Offer, { auctioned, pays, charge }: FillCost, worth: Decimal): Decimal => {
  if (!isPositive(worth)) return zero
  const left = add(multiply(offer.kept, offer.worth), subtract(auctioned, add(pays, charge)))
  return isNegative(left) ? zero : min(one, floorRatio(ratio(left, worth), keptPlaces))
}
