import { add, type Decimal, decimal, floor, multiply, negate, one, subtract, sum, unit, zero } from '@novation/decimal'
import { discount, isOver, type Moment, type Offer, promised, type Item as Sized, type Sizing } from '@novation/risk'
import { auctionOf, passedIn } from '../state/auction-clock'
import { causeNow } from '../state/duties'
import { type Item, liveItems } from '../state/items'
import type { Account, Health, Pool } from '../state/pool'
import { maintenanceAt, marginAt } from '../state/position-margin'
import { notionalAt } from '../state/reference'
import type { Liquidation } from '../state/values'
import { cutOf, leastCutOf, settlementPlaces } from '../state/worth'
import { type After, afterOf, leftOf } from './after-fill'

/** How the auction of an account stands now. */
const momentOf = (pool: Pool, open: Liquidation, health: Health): Moment => {
  const { elapsed_ms, below_ms } = passedIn(pool, open, health)
  const over = isOver(auctionOf(open.terms), health.best, elapsed_ms, below_ms)
  return { cause: causeNow(open, health), worth: health.best, requirement: health.maintenance, elapsed_ms, over }
}

/**
 * The account as the formulas of an auction see it, and the terms on which it may be bid for now: what is dealt in counts at its
 * mark, at which it is dealt in, so that nothing is paid out of what a slow price alone says is there.
 */
export const auctioned = (pool: Pool, open: Liquidation, health: Health): Offer => {
  const auction = auctionOf(open.terms)
  const moment = momentOf(pool, open, health)
  return {
    worth: health.marked,
    requirement: health.maintenance,
    kept: open.kept,
    discount: discount(auction, moment),
    promised: promised(auction, moment),
    fee: decimal(open.terms.fee),
    places: settlementPlaces(pool),
  }
}

const sized = ({ position, coin, size: held, required }: Item): Sized =>
  position === undefined
    ? { held, lot: unit(coin.decimals), unitValue: coin.price, required }
    : {
        held,
        lot: position.instrument.lot,
        unitValue: notionalAt(position.instrument, one, position.mark),
        required,
      }

/** What the rest of an item requires once so much of it is taken. */
const requiredLeft = (pool: Pool, { id, position }: Item, { held, unitValue }: Sized, taken: Decimal): Decimal => {
  if (position !== undefined) return maintenanceAt(pool, position.instrument, leftOf(position, taken), position.mark)
  const asset = pool.assets.get(id)
  return asset === undefined ? zero : leastCutOf(pool, asset, multiply(subtract(held, taken), unitValue))
}

/** What the rest of an item requires of initial margin. */
const initialLeft: typeof requiredLeft = (pool, { id, position }, { held, unitValue }, taken) => {
  if (position !== undefined)
    return marginAt(pool, position.instrument, leftOf(position, taken), position.mark, position.crowding).initial
  const asset = pool.assets.get(id)
  return asset === undefined ? zero : cutOf(pool, asset, multiply(subtract(held, taken), unitValue))
}

/** What of an account is for sale, in the order of the lists of quantities, and what its liquidation is to bring. */
export interface OnSale extends Sizing {
  readonly sale: readonly Item[]
  /** Of what stands under one requirement: what that is once so much of each is taken, and so much of something else held instead. */
  readonly after: After | undefined
}

/** Only what can be dealt in is for sale; what is required for the rest stays required. */
export const sizingOf = (pool: Pool, account: Account, open: Liquidation, health: Health): OnSale => {
  const cause = causeNow(open, health)
  const sale = liveItems(health).filter(({ what }) => cause !== 'debit' || what === 'coin')
  const items = sale.map(sized)
  const left = (taken: readonly Decimal[], of: typeof requiredLeft): Decimal =>
    sum(
      sale.map((item, i) => {
        const own = items[i]
        return own === undefined ? zero : of(pool, item, own, taken[i] ?? zero)
      }),
    )
  const none = items.map(() => zero)
  const lacks = {
    breach: (taken: readonly Decimal[]) => {
      const aside = subtract(health.maintenance, left(none, requiredLeft))
      const target = multiply(add(one, decimal(open.terms.buffer)), add(aside, left(taken, requiredLeft)))
      return subtract(target, health.marked)
    },
    call: (taken: readonly Decimal[]) => {
      const aside = subtract(health.callLine, left(none, initialLeft))
      return subtract(add(aside, left(taken, initialLeft)), health.marked)
    },
    debit: (taken: readonly Decimal[]) => {
      const brought = items.map(({ unitValue }, i) =>
        floor(multiply(taken[i] ?? zero, unitValue), settlementPlaces(pool)),
      )
      return negate(add(health.collateral.cash, sum(brought)))
    },
  }
  return {
    sale,
    offer: auctioned(pool, open, health),
    items,
    lacks: lacks[cause],
    after: account.margin === 'portfolio' && cause !== 'debit' ? afterOf(pool, account, open, health, sale) : undefined,
    dust: cause === 'breach' ? decimal(open.terms.dust) : zero,
  }
}
