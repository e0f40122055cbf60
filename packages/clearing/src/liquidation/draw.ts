import { type Decimal, format, isZero } from '@novation/decimal'
import type { Draft } from '../decision'
import type { Account } from '../state/pool'
import { transfer } from '../state/postings'
import type { Drawing } from '../state/values'

export type Layer = 'fund' | 'skin-in-the-game'
export type Purpose = 'auction' | 'deleverage' | 'write-off'

/** What counts under a cap, as an event says it. */
export const drawingText = ({ what, id, amount, cap }: Drawing) => ({
  what,
  id,
  amount: format(amount),
  cap: format(cap),
})

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
