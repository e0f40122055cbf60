import type { Decimal } from '@novation/decimal'
import type { Series } from './market'

/** A position in options; `quantity` is signed and times the multiplier, as in all that is held. */
export interface OptionHolding extends Series {
  readonly kind: 'option'
  readonly quantity: Decimal
}

/** A position in a perpetual or a dated future; `mark` is what one of it is worth. */
export interface LinearHolding {
  readonly kind: 'linear'
  readonly id: string
  readonly underlying: string
  readonly quantity: Decimal
  readonly mark: Decimal
}

/** Collateral in the underlying itself: what it is worth at best and at worst, and the share of it that counts for no margin. */
export interface CoinHolding {
  readonly kind: 'coin'
  readonly id: string
  readonly underlying: string
  readonly best: Decimal
  readonly worst: Decimal
  readonly cut: Decimal
}

export type Holding = OptionHolding | LinearHolding | CoinHolding

/** In R a coin counts at its best, in I at its worst. */
export type Side = 'best' | 'worst'
