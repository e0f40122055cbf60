import { abs, type Decimal, negate, sum } from '@novation/decimal'
import { unhedged } from '@novation/risk'
import type { Item } from '../state/items'
import type { Health, Valued } from '../state/pool'
import { signOf } from '../trading/leg'

/** With the sign of what it gains by when its underlying rises: a put by what a call loses. */
const exposureOf = ({ instrument: { option }, quantity, notional }: Valued): Decimal =>
  (signOf(quantity) === 1) === (option?.optionType !== 'put') ? notional : negate(notional)

/** What an account holds of an underlying, each position as large as its notional; a coin counts to its asset. */
const netOf = ({ positions, collateral }: Health, underlying: string): Decimal =>
  sum([
    ...positions.filter(({ instrument }) => instrument.underlying === underlying).map(exposureOf),
    ...collateral.coins.filter(({ id }) => id === underlying).map(({ value }) => value),
  ])

/** How much of a position is no hedge of what else the account holds. */
export const freeOfPosition = (health: Health, valued: Valued): Decimal =>
  unhedged({
    held: abs(valued.quantity),
    lot: valued.instrument.lot,
    value: exposureOf(valued),
    net: netOf(health, valued.instrument.underlying),
  })

/** How much of what is for sale is no hedge: a bid on it alone may take no more. */
export const freeOf = (health: Health, { id, coin, position, size }: Item, lot: Decimal): Decimal =>
  position === undefined
    ? unhedged({ held: size, lot, value: coin.value, net: netOf(health, id) })
    : freeOfPosition(health, position)
