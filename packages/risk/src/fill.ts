import {
  add,
  addRatios,
  atMost,
  ceil,
  compareRatios,
  type Decimal,
  equals,
  floor,
  floorRatio,
  isZero,
  min,
  multiply,
  multiplyRatios,
  negate,
  one,
  type Ratio,
  ratio,
  scale,
  subtract,
  subtractRatios,
  sum,
  whole,
  zero,
} from '@novation/decimal'

/** What a fill closes of one position. Sizes are absolute; `notional` is that of what is closed, at the mark. */
export interface Slice {
  readonly closed: Decimal
  readonly held: Decimal
  readonly margin: Decimal
  readonly notional: Decimal
}

/** x: the share of the account's maintenance margin that a fill takes over. `totalMargin` is above zero. */
export const share = (slices: readonly Slice[], totalMargin: Decimal): Ratio => {
  const taken = slices
    .filter(({ closed }) => !isZero(closed))
    .map(({ closed, held, margin }) => (equals(closed, held) ? whole(margin) : ratio(multiply(closed, margin), held)))
  return multiplyRatios(taken.reduce(addRatios, whole(zero)), ratio(one, totalMargin))
}

export interface SolventBid {
  readonly slices: readonly Slice[]
  readonly totalMargin: Decimal
  /** Of the account before the fill, not below zero. */
  readonly equity: Decimal
  /** R: what earlier fills of this liquidation left the account. */
  readonly kept: Decimal
  readonly discount: Ratio
  /** Of the fund, per notional. */
  readonly fee: Decimal
  readonly places: number
}

/** v: the value that is auctioned, which is not what earlier fills left the account; equity at or below that starts anew. */
export const valueAuctioned = (equity: Decimal, kept: Decimal): Decimal => subtract(equity, keptSoFar(equity, kept))

const keptSoFar = (equity: Decimal, kept: Decimal): Decimal => (atMost(equity, kept) ? zero : kept)

/**
 * What a fill of a solvent account costs it. The bidder is paid `floor(x*v*(1-d))`, the fund
 * `min(ceil(fee * notional), floor(x*v*d))`, together never more than x of the value, so that the account is never left
 * worse than `E * (1-x)`. `left` is what the discount leaves it: `floor(x*v*d)` less the charge.
 */
export const bidCost = (bid: SolventBid): { payment: Decimal; charge: Decimal; left: Decimal } => {
  const { slices, equity, kept, discount, fee, places } = bid
  const value = scale(share(slices, bid.totalMargin), valueAuctioned(equity, kept))
  const payment = floorRatio(multiplyRatios(value, subtractRatios(whole(one), discount)), places)
  const discounted = floorRatio(multiplyRatios(value, discount), places)
  const charge = min(ceil(multiply(fee, sum(slices.map(({ notional }) => notional))), places), discounted)
  return { payment, charge, left: subtract(discounted, charge) }
}

/** Terms of the keeper who started the liquidation: paid out of the fund's charge, never more than it. */
export interface KeeperTerms {
  readonly keeperTip: Decimal
  readonly keeperShare: Decimal
}

export interface SolventFill {
  /** From the account to the bidder. */
  readonly payment: Decimal
  /** From the account to the fund. */
  readonly charge: Decimal
  /** From the charge to the keeper, rounded down. */
  readonly reward: Decimal
  /** R after the fill. */
  readonly kept: Decimal
}

/** A fill of a solvent account (the solvent auction of Derive, made exact for split bids). Closes at the mark; this is what is paid beside. */
export const solventFill = (bid: SolventBid & KeeperTerms): SolventFill => {
  const { payment, charge, left } = bidCost(bid)
  const reward = floor(min(add(bid.keeperTip, multiply(bid.keeperShare, charge)), charge), bid.places)
  return { payment, charge, reward, kept: add(keptSoFar(bid.equity, bid.kept), left) }
}

export interface InsolventBid {
  readonly slices: readonly Slice[]
  readonly totalMargin: Decimal
  /** Of the account before the fill, below zero. */
  readonly equity: Decimal
  /** Of the margin, that the bidder is paid: `insolventShare`. */
  readonly share: Ratio
  readonly places: number
}

/**
 * A fill of an insolvent account: the prefunded layers pay the account its share of the hole and the bidder a share of
 * the margin. Both round down, but for the fill that closes everything: it must leave the account at zero or above, so
 * there the hole is rounded up, to less than one unit above zero.
 */
export const insolventFill = (bid: InsolventBid): { toAccount: Decimal; toBidder: Decimal } => {
  const x = share(bid.slices, bid.totalMargin)
  const hole = negate(bid.equity)
  return {
    toAccount: compareRatios(x, whole(one)) === 0 ? ceil(hole, bid.places) : floorRatio(scale(x, hole), bid.places),
    toBidder: floorRatio(scale(multiplyRatios(x, bid.share), bid.totalMargin), bid.places),
  }
}
