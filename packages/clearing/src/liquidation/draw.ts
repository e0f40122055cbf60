import {
  add,
  type Decimal,
  decimal,
  format,
  greaterThan,
  isPositive,
  isZero,
  max,
  min,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { Draft } from '../decision'
import { layersOf } from '../state/layers'
import type { Account, Pool } from '../state/pool'
import { transfer } from '../state/postings'
import { type Drawing, noDefault } from '../state/values'

export type Layer = 'fund' | 'skin-in-the-game'
export type Purpose = 'auction' | 'deleverage' | 'write-off'

const drawingText = ({ what, id, amount, cap }: Drawing) => ({ what, id, amount: format(amount), cap: format(cap) })

/** A prefunded layer pays, for a defaulter, somebody (the defaulter itself, or who takes over its positions). */
export const draw = (
  draft: Draft,
  layer: Layer,
  purpose: Purpose,
  defaulter: Account,
  to: Account,
  amount: Decimal,
  under: readonly Drawing[] = [],
): void => {
  if (isZero(amount)) return
  const { insurance, skinInTheGame, settlementAsset = '' } = draft.pool
  draft.record(
    'InsuranceDrawn',
    {
      layer,
      defaulter: defaulter.id,
      to: to.id,
      purpose,
      amount: format(amount),
      ...(under.length === 0 ? {} : { under: under.map(drawingText) }),
      ...(defaulter.liquidation === undefined ? {} : { liquidation: defaulter.liquidation.id }),
    },
    transfer(layer === 'fund' ? insurance : skinInTheGame, to, settlementAsset, amount),
  )
}

/** In the order of the waterfall: the operator's first tranche, the fund, the rest of the operator's tranche. */
const available = (
  pool: Pool,
  { inDefault = noDefault }: Account,
): readonly { readonly layer: Layer; readonly amount: Decimal }[] => {
  const layers = layersOf(pool)
  const tranche = subtract(decimal(pool.parameters.waterfall.skinInTheGame), inDefault.drawn.skinInTheGame)
  const first = min(layers.skinInTheGame, max(zero, tranche))
  return [
    { layer: 'skin-in-the-game', amount: first },
    { layer: 'fund', amount: layers.fund },
    { layer: 'skin-in-the-game', amount: subtract(layers.skinInTheGame, first) },
  ]
}

/** What the layers owe for a bid: to the insolvent account its share of the hole, and to the bidder for the risk. */
export interface ForBid {
  readonly toAccount: Decimal
  readonly toBidder: Decimal
}

/**
 * The prefunded layers pay an insolvent account its share of the hole, and the bidder for the risk. Nothing where they
 * hold less than both come to: then the bid is refused, and nobody is paid in part.
 */
export const drawForBid = (
  draft: Draft,
  account: Account,
  bidder: Account,
  { toAccount, toBidder }: ForBid,
): boolean => {
  const wanted = add(toAccount, toBidder)
  let left = available(draft.pool, account)
  if (greaterThan(wanted, sum(left.map(({ amount }) => amount)))) return false
  for (const [to, owed] of [
    [account, toAccount],
    [bidder, toBidder],
  ] as const) {
    let missing = owed
    left = left.map(({ layer, amount }) => {
      const paid = isPositive(missing) ? min(missing, amount) : zero
      missing = subtract(missing, paid)
      draw(draft, layer, 'auction', account, to, paid)
      return { layer, amount: subtract(amount, paid) }
    })
  }
  return true
}
