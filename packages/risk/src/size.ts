import { abs, add, atMost, type Decimal, max, multiply, subtract, zero } from '@novation/decimal'

/** A position as a gap meets it. */
export interface Gapping {
  readonly underlying: string
  /** By how much the price may jump, as a share. */
  readonly gap: Decimal
  /** Notional with the sign of the position. */
  readonly value: Decimal
}

/**
 * What one jump of every underlying, each the worse way, would cost an account: the sum over underlyings of `gap * |net N|`,
 * with the largest gap among the positions in it.
 */
export const stressOf = (positions: readonly Gapping[]): Decimal => {
  // Few are held at once.
  const nets: { readonly underlying: string; gap: Decimal; net: Decimal }[] = []
  for (const { underlying, gap, value } of positions) {
    const so = nets.find((known) => known.underlying === underlying)
    if (so === undefined) nets.push({ underlying, gap, net: value })
    else {
      so.gap = max(so.gap, gap)
      so.net = add(so.net, value)
    }
  }
  return nets.reduce((stress, { gap, net }) => add(stress, multiply(gap, abs(net))), zero)
}

/** One account of an owner, at its worst. */
export interface Sized {
  readonly stress: Decimal
  /** W-. */
  readonly worth: Decimal
  /** H-: what of its coins counts for no margin. */
  readonly cuts: Decimal
  /** What its coins are worth. */
  readonly coins: Decimal
}

/** What others would have to bear of an owner. */
export interface Size {
  /** What a jump would cost its accounts beyond what each has against it. */
  readonly uncovered: Decimal
  /** What its accounts have lost on coins: what their coins are worth beyond W-. */
  readonly onCoins: Decimal
}

export const sizeOf = (accounts: readonly Sized[]): Size => {
  let [uncovered, onCoins] = [zero, zero]
  for (const { stress, worth, cuts, coins } of accounts) {
    uncovered = add(uncovered, max(zero, subtract(stress, max(zero, subtract(worth, cuts)))))
    onCoins = add(onCoins, max(zero, subtract(coins, worth)))
  }
  return { uncovered, onCoins }
}

/** Whether an owner is within what the prefunded layers bear of any one: each of both sums at most `allowance` (`capOf`). */
export const isWithin = ({ uncovered, onCoins }: Size, allowance: Decimal): boolean =>
  atMost(uncovered, allowance) && atMost(onCoins, allowance)
