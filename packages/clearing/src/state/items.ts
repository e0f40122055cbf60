import { abs, type Decimal } from '@novation/decimal'
import type { HeldCoin } from './collateral'
import type { Health, Valued } from './pool'

/** What of an account under liquidation is for sale: a position, or a coin. */
export type Item = {
  readonly id: string
  /** r_n: what of R it requires. */
  readonly required: Decimal
  /** What it counts for, without its sign. */
  readonly value: Decimal
  /** What of it there is, without its sign. */
  readonly size: Decimal
} & (
  | { readonly what: 'position'; readonly position: Valued; readonly coin?: undefined }
  | { readonly what: 'coin'; readonly coin: HeldCoin; readonly position?: undefined }
)

const byId = (a: Item, b: Item): number => (a.id < b.id ? -1 : 1)

/** What can be sold of an account now, in order of id: an instrument and an asset never have the same. */
export const liveItems = ({ positions, collateral }: Health): readonly Item[] =>
  [
    ...positions
      .filter(({ live }) => live)
      .map((position): Item => {
        const { instrument, maintenance, notional, quantity } = position
        return {
          what: 'position',
          id: instrument.id,
          required: maintenance,
          value: notional,
          size: abs(quantity),
          position,
        }
      }),
    ...collateral.coins
      .filter(({ live }) => live)
      .map(
        (coin): Item => ({
          what: 'coin',
          id: coin.id,
          required: coin.required,
          value: coin.value,
          size: coin.quantity,
          coin,
        }),
      ),
  ].sort(byId)
