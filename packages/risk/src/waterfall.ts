import { add, type Decimal, isPositive, max, min, subtract, sum, zero } from '@novation/decimal'
import { layerShares } from './layer-shares'

/** An account below zero, what of its loss the prefunded layers may pay, and what they have paid for this default. */
export interface Loss {
  readonly id: string
  /** In whole units. */
  readonly amount: Decimal
  readonly drawn: { readonly skinInTheGame: Decimal; readonly fund: Decimal }
}

export interface Layers {
  /** Balance of the operator's tranche. */
  readonly skinInTheGame: Decimal
  /** What of it is paid before the fund, for each default. */
  readonly perDefault: Decimal
  /** Balance of the insurance fund. */
  readonly fund: Decimal
}

/** What each layer pays for one account, in the order of the default waterfall; in whole units. */
export interface Payments {
  readonly id: string
  readonly first: Decimal
  readonly fund: Decimal
  readonly rest: Decimal
}

/**
 * How the prefunded layers pay for all accounts below zero: the operator's first tranche (of each default up to
 * `perDefault`, less what it drew), the fund, what is left of the operator's. Each layer pays what those before it left, by
 * `layerShares`; so nothing is left unpaid while any of them has something.
 */
export const payFromLayers = (losses: readonly Loss[], layers: Layers, places: number): readonly Payments[] => {
  const share = (layer: Decimal, lacks: (loss: Loss) => Decimal, drawn: (loss: Loss) => Decimal) => {
    const claims = losses
      .map((loss) => ({ id: loss.id, deficit: lacks(loss), drawn: drawn(loss) }))
      .filter(({ deficit }) => isPositive(deficit))
    const shares = layerShares(layer, claims, places)
    return ({ id }: Loss): Decimal => shares.get(id) ?? zero
  }
  const first = share(
    layers.skinInTheGame,
    ({ amount, drawn }) => min(amount, max(zero, subtract(layers.perDefault, drawn.skinInTheGame))),
    ({ drawn }) => drawn.skinInTheGame,
  )
  const fund = share(
    layers.fund,
    (loss) => subtract(loss.amount, first(loss)),
    ({ drawn }) => drawn.fund,
  )
  const rest = share(
    subtract(layers.skinInTheGame, sum(losses.map(first))),
    (loss) => subtract(loss.amount, add(first(loss), fund(loss))),
    (loss) => add(loss.drawn.skinInTheGame, first(loss)),
  )
  return losses.map((loss) => ({ id: loss.id, first: first(loss), fund: fund(loss), rest: rest(loss) }))
}
