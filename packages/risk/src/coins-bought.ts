import {
  ceilRatio,
  type Decimal,
  divideRatios,
  floor,
  floorRatio,
  isPositive,
  lessThan,
  max,
  min,
  multiply,
  one,
  type Ratio,
  ratio,
  scale,
  subtract,
  sum,
  whole,
} from '@novation/decimal'

/** A coin of somebody who owes. */
export interface Coin {
  readonly id: string
  readonly quantity: Decimal
  /** Its price at the worst; 0 while it is not fresh. */
  readonly price: Decimal
  /** What of its worth counts for no margin. */
  readonly cut: Decimal
  readonly decimals: number
}

/** What somebody's coins come to, each rounded down: at the worst (V), and of that what counted for margin (c). */
export const coinsWorth = (
  coins: readonly Coin[],
  places: number,
): { readonly worth: Decimal; readonly counted: Decimal } => ({
  worth: sum(coins.map(({ quantity, price }) => floor(multiply(quantity, price), places))),
  counted: sum(
    coins.map(({ quantity, price, cut }) => floor(multiply(multiply(quantity, price), subtract(one, cut)), places)),
  ),
})

/**
 * w: what the coins were last offered for, as a share of their price: `min(1, max(D, c) / V)`, with the debt D that the
 * owner's other accounts have left.
 */
export const offeredFor = (debt: Decimal, coins: readonly Coin[], places: number): Ratio => {
  const { worth, counted } = coinsWorth(coins, places)
  const asked = max(debt, counted)
  return lessThan(asked, worth) ? ratio(asked, worth) : whole(one)
}

export interface Purchase {
  readonly id: string
  /** To the fund. */
  readonly quantity: Decimal
  /** From the fund to the account. */
  readonly paid: Decimal
}

/**
 * What the fund buys of one account's coins, in the order given: for `y = min(debt left, floor(n*w), fund, coin's cap)` it
 * gets `ceil(y/w)`, in units of the coin. `debt` is D, `left` what of it is left once all layers and profits have paid.
 */
export const buyCoins = (
  { debt, left, coins, places }: { debt: Decimal; left: Decimal; coins: readonly Coin[]; places: number },
  { fund, cap }: { fund: Decimal; cap: (coin: string) => Decimal },
): readonly Purchase[] => {
  const share = offeredFor(debt, coins, places)
  let missing = left
  let holds = fund
  return coins.flatMap(({ id, quantity, price, decimals }) => {
    const unit = scale(share, price)
    if (!isPositive(unit.numerator)) return []
    const paid = [floorRatio(scale(unit, quantity), places), holds, cap(id)].reduce(min, missing)
    if (!isPositive(paid)) return []
    missing = subtract(missing, paid)
    holds = subtract(holds, paid)
    return [{ id, quantity: ceilRatio(divideRatios(whole(paid), unit), decimals), paid }]
  })
}
