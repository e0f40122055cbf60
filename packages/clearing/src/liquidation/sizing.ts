import { abs, add, type Decimal, decimal, multiply, one, subtract, sum, zero } from '@novation/decimal'
import {
  discount,
  type Item,
  isOver,
  type Moment,
  maintenanceMargin,
  type Offer,
  promised,
  type Sizing,
} from '@novation/risk'
import { auctionOf, passedIn } from '../state/auction-clock'
import type { Health, Pool, Valued } from '../state/pool'
import type { Liquidation } from '../state/values'
import { settlementPlaces } from '../state/worth'

export const livePositions = ({ positions }: Health): readonly Valued[] => positions.filter(({ live }) => live)

/** How the auction of an account stands now. */
const momentOf = (pool: Pool, open: Liquidation, health: Health): Moment => {
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  const over = isOver(auctionOf(open.terms), health.best, elapsed_ms, below_ms)
  return { cause: 'breach', worth: health.best, requirement: health.maintenance, elapsed_ms, over }
}

/** The account as the formulas of an auction see it, at its best, and the terms on which it may be bid for now. */
export const auctioned = (pool: Pool, open: Liquidation, health: Health): Offer => {
  const auction = auctionOf(open.terms)
  const moment = momentOf(pool, open, health)
  return {
    worth: health.best,
    requirement: health.maintenance,
    kept: open.kept,
    discount: discount(auction, moment),
    promised: promised(auction, moment),
    fee: decimal(open.terms.fee),
    places: settlementPlaces(pool),
  }
}

const itemOf = ({ instrument, quantity, mark, maintenance }: Valued): Item => ({
  held: abs(quantity),
  lot: instrument.lot,
  unitValue: multiply(mark, instrument.multiplier),
  required: maintenance,
})

/** Only what can be dealt in is for sale; what is required for the rest stays required. */
export const sizingOf = (pool: Pool, open: Liquidation, health: Health): Sizing => {
  const places = settlementPlaces(pool)
  const live = livePositions(health)
  const items = live.map(itemOf)
  const aside = subtract(health.maintenance, sum(items.map(({ required }) => required)))
  const marginOf = (i: number, { held, unitValue }: Item, taken: Decimal): Decimal => {
    const terms = live[i]?.instrument.margin
    return terms === undefined ? zero : maintenanceMargin(terms, multiply(subtract(held, taken), unitValue), places)
  }
  const target = (taken: readonly Decimal[]): Decimal =>
    multiply(
      add(one, decimal(open.terms.buffer)),
      add(aside, sum(items.map((item, i) => marginOf(i, item, taken[i] ?? zero)))),
    )
  return {
    offer: auctioned(pool, open, health),
    items,
    lacks: (taken) => subtract(target(taken), health.best),
    dust: decimal(open.terms.dust),
  }
}
