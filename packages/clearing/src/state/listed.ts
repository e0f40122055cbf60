import type { Decimal } from '@novation/decimal'
import type { IndexSettlement, LiquidationChange, Millis } from '@novation/events'
import type { TieredTerms } from '@novation/risk'
import type { Former, Priced } from './values'

/** The right to buy, or to sell, what underlies it at the strike: European, and settled in cash. */
export interface OptionTerms {
  readonly strike: Decimal
  readonly optionType: 'call' | 'put'
}

/** An instrument as far as it is state of its own: its terms, and how its market stands. */
export interface Listed extends Priced {
  readonly id: string
  readonly kind: 'perpetual' | 'future' | 'option'
  readonly multiplier: Decimal
  readonly lot: Decimal
  /** Its table of margin; of an option none, since the model of its underlying margins it. */
  readonly margin: TieredTerms
  readonly option: OptionTerms | undefined
  /** What it was each time that it was changed lately: nobody is liquidated for more than the least of these asks. */
  readonly former: readonly Former<TieredTerms>[]
  readonly liquidation: LiquidationChange | undefined
  /** What its price may jump by while nobody can see it, as a share of it. */
  readonly gap: Decimal
  /** Of what may cost nothing or less: what it counts for at the least, where notional is a share of the price. */
  readonly marginFloor: Decimal | undefined
  /** What it follows, an asset or an instrument; itself where nothing else was said. What an account holds of one hedges. */
  readonly underlying: string
  readonly expiry: Millis | undefined
  /** Over how much of its index before that, and after it where that had no price, it is settled: where it is. */
  readonly settlement: IndexSettlement | undefined
  /** Whether all is traded, only reductions are, or nothing is: as the operator has it. */
  readonly state: 'open' | 'reduce-only' | 'halted'
  /** When the state last changed, or its price became final; at first, when it was listed. */
  readonly since: Millis
  readonly delisting: boolean
  /** Expiry has passed, or nobody told its price for too long: trading has ended. */
  readonly expired: boolean
  /** Whether its last price is what it is settled at: final, however old. */
  readonly fixed: boolean
  readonly settled: boolean
  /** What one contract held since the beginning has paid in funding (risk 6). */
  readonly fundingIndex: Decimal
  /** When it last paid funding. */
  readonly fundedAt: Millis | undefined
  /** The long quantity; the short one is the same. */
  readonly openInterest: Decimal
}
