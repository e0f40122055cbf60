import type { Decimal } from '@novation/decimal'
import { type Margin, tieredMargin } from './tiered'
import { checkTiers } from './tiers'

/** A way to margin a position: `check` says in words what is wrong with its terms, `margin` charges by them. */
export interface MarginModel<Terms> {
  readonly check: (terms: Terms) => string | undefined
  readonly margin: (terms: Terms, notional: Decimal, crowding: Decimal, places: number) => Margin
}

/** The models an instrument may name in its terms; another one is another line here. */
export const marginModels = {
  tiered: { check: checkTiers, margin: tieredMargin },
} satisfies Record<string, MarginModel<never>>
