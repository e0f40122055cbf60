import { abs, type Decimal, decimal, isNegative, multiply, zero } from '@novation/decimal'
import { insolventFill, type Slice, solventFill } from '@novation/risk'
import type { Health, Pool } from '../state/pool'
import type { Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'
import { discountNow, keptOf, shareNow } from './auction-terms'
import { livePositions } from './bid-size'

/** What is closed of each position that can be dealt in, in their order in `health`. */
export interface Slicing {
  readonly open: Liquidation
  readonly health: Health
  readonly quantities: readonly Decimal[]
}

const slicesOf = ({ health, quantities }: Slicing): readonly Slice[] =>
  livePositions(health).map(({ instrument, quantity, mark, maintenance }, i) => {
    const closed = quantities[i] ?? zero
    return {
      closed,
      held: abs(quantity),
      margin: maintenance,
      notional: multiply(closed, multiply(mark, instrument.multiplier)),
    }
  })

/** What a bid costs whom, beside closing at the mark. */
export interface Price {
  readonly payment: Decimal
  readonly charge: Decimal
  readonly reward: Decimal
  readonly kept: Decimal
}

/** What a fill of a solvent account costs it (risk 4.3); of an insolvent one, nothing. */
export const priceOf = (pool: Pool, slicing: Slicing): Price => {
  const { open, health } = slicing
  if (isNegative(health.best)) return { payment: zero, charge: zero, reward: zero, kept: zero }
  return solventFill({
    slices: slicesOf(slicing),
    totalMargin: health.maintenance,
    equity: health.best,
    kept: keptOf(open, health.best),
    discount: discountNow(pool, open, health),
    fee: decimal(open.terms.fee),
    keeperTip: decimal(open.terms.keeperTip),
    keeperShare: decimal(open.terms.keeperShare),
    places: settlementPlaces(pool),
  })
}

/** What the prefunded layers pay the account and the bidder, where a fill is of an insolvent account. */
export const layersPay = (pool: Pool, slicing: Slicing): { readonly toAccount: Decimal; readonly toBidder: Decimal } =>
  insolventFill({
    slices: slicesOf(slicing),
    totalMargin: slicing.health.maintenance,
    equity: slicing.health.best,
    share: shareNow(pool, slicing.open),
    places: settlementPlaces(pool),
  })
