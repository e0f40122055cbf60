import { add, type Decimal, format, greaterThan, isPositive, isZero, min, subtract, sum, zero } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { type Draft, event, record } from '../decision'
import { capFor, firstTrancheFor, layersOf } from '../state/loss-plan'
import { insurance, skinInTheGame, trader } from '../state/names'
import type { Account, Pool } from '../state/pool'
import { transfer } from '../state/postings'

export type Layer = 'fund' | 'skin-in-the-game'
export type Purpose = 'auction' | 'deleverage' | 'write-off'

/** A prefunded layer pays, for a defaulter, somebody (the defaulter itself, or who takes over its positions). */
export const drawn = (
  pool: Pool,
  layer: Layer,
  purpose: Purpose,
  defaulter: Account,
  to: string,
  amount: Decimal,
): readonly Proposal[] =>
  isZero(amount)
    ? []
    : [
        event(
          'InsuranceDrawn',
          {
            layer,
            defaulter: defaulter.id,
            to,
            purpose,
            amount: format(amount),
            ...(defaulter.liquidation === undefined ? {} : { liquidation: defaulter.liquidation.id }),
          },
          transfer(layer === 'fund' ? insurance : skinInTheGame, trader(to), pool.settlementAsset ?? '', amount),
        ),
      ]

/** In the order of the waterfall: the operator's first tranche, the fund, the rest of the operator's tranche. */
const available = (
  pool: Pool,
  account: Account,
  wanted: Decimal,
): readonly { readonly layer: Layer; readonly amount: Decimal }[] => {
  const layers = layersOf(pool)
  const first = min(layers.skinInTheGame, firstTrancheFor(pool, account))
  const cap = capFor(pool, account, wanted)
  return [
    { layer: 'skin-in-the-game', amount: first },
    { layer: 'fund', amount: cap === undefined ? layers.fund : min(cap, layers.fund) },
    { layer: 'skin-in-the-game', amount: subtract(layers.skinInTheGame, first) },
  ]
}

/**
 * The prefunded layers pay an insolvent account its share of the hole, and the bidder for the risk. Nothing where they
 * hold less than both come to: then the bid is refused, and nobody is paid in part. `account` is as before the fill.
 */
export const drawForBid = (
  so: Draft,
  account: Account,
  bidder: Account,
  { toAccount, toBidder }: { readonly toAccount: Decimal; readonly toBidder: Decimal },
): Draft | undefined => {
  const wanted = add(toAccount, toBidder)
  const layers = available(so.pool, account, wanted)
  if (greaterThan(wanted, sum(layers.map(({ amount }) => amount)))) return undefined
  let state = so
  let left = layers
  for (const [to, owed] of [
    [account.id, toAccount],
    [bidder.id, toBidder],
  ] as const) {
    let missing = owed
    left = left.map(({ layer, amount }) => {
      const paid = isPositive(missing) ? min(missing, amount) : zero
      missing = subtract(missing, paid)
      state = record(state, ...drawn(state.pool, layer, 'auction', account, to, paid))
      return { layer, amount: subtract(amount, paid) }
    })
  }
  return state
}
