import type { Decimal } from '@novation/decimal'

/** A state in which a portfolio is valued again: the index times `move`, volatility moved too, the loss counted at `weight`. */
export interface Row {
  /** Above zero; 1 of a row that only bends the smile. */
  readonly move: Decimal
  readonly volatility: 'up' | 'none' | 'down' | 'skew-linear' | 'skew-absolute'
  /** Not below zero. */
  readonly weight: Decimal
}

/** A grid: `1 ± j*range/steps` for j up to `steps` with three volatilities (at the edges up only), `tails` with volatility up, two rows of skew. */
export interface SpotRows {
  readonly range: Decimal
  readonly steps: number
  /** Moves beyond the grid, counted at `min(1, tailFactor*range/|move-1|)`. */
  readonly tails: readonly Decimal[]
  readonly tailFactor: Decimal
}

/** Shares of the index, for each unit of exposure: what both margins ask, and what the initial one asks besides. */
interface Rates {
  readonly maintenance: Decimal
  readonly initial: Decimal
}

/** How all that is held in one underlying is margined. Shares and powers are plain numbers (.16 is 16 %), times are in years but where a name says days. */
export interface RiskModel {
  /** Exactly one of the two. */
  readonly spot?: SpotRows | undefined
  readonly rows?: readonly Row[] | undefined
  /** A pool in the coin itself: a move m of the coin is 1/m of what is listed. */
  readonly reciprocal?: boolean | undefined
  /** How implied volatility moves: up to `vol(1 + up*t)`, at least `least`, down to `vol(1 - down*t)`, t = (30 days/max(tau, floorDays))^power. */
  readonly volatility: {
    readonly up: Decimal
    readonly down: Decimal
    readonly least: Decimal
    readonly floorDays: Decimal
    readonly shortPower: Decimal
    readonly longPower: Decimal
  }
  /** What is held counts for less (longBase at most 1), what is owed for more (shortBase at least 1), the further off the more. */
  readonly discount: {
    readonly longBase: Decimal
    readonly longRate: Decimal
    readonly longAdd: Decimal
    readonly shortBase: Decimal
    readonly shortRate: Decimal
    readonly shortAdd: Decimal
  }
  /** That forwards of different expiries part: each times `up` or `down`, counted `add + multiply*tau` times. */
  readonly basis: { readonly up: Decimal; readonly down: Decimal; readonly add: Decimal; readonly multiply: Decimal }
  readonly skew: {
    readonly cBase: Decimal
    readonly cap: Decimal
    readonly minKStar: Decimal
    readonly width: Decimal
    readonly static: Decimal
    readonly scale: Decimal
  }
  readonly contingency: {
    /** For each |quantity| of perpetuals and futures. */
    readonly linear: Rates
    /** For each option short at a strike and expiry, calls and puts together. */
    readonly nakedOption: Rates
    /** Of what the price is in doubt by, for each |quantity|; initial margin only. */
    readonly confidence?: Decimal | undefined
  }
  /** The least an underlying is asked: `(net*|sum q| + gross*sum |q|) * index`. */
  readonly minimum?: { readonly net: Decimal; readonly gross: Decimal } | undefined
  /** Underlyings of one group move together, each at most `width` steps off; a gain counts to the share `gains` there. */
  readonly group?: { readonly name: string; readonly width: number; readonly gains: Decimal } | undefined
}

/** Of the pool: which share of the scan each margin asks, and how much of what a group's joint move saves is credited. */
export interface MarginFactors {
  readonly maintenanceFactor: Decimal
  readonly initialFactor: Decimal
  readonly offsetLimit: Decimal
}
