import { abs, type Decimal, negate, sum } from '@novation/decimal'
import { portfolioUnhedged, unhedged } from '@novation/risk'
import { positionMargin } from '../state/health'
import type { Item } from '../state/items'
import type { Account, Health, Pool, Valued } from '../state/pool'
import { requiredOf } from '../state/portfolio'
import { signOf } from '../trading/leg'
import { leftOf } from './after-fill'

/** With the sign of what it gains by when its underlying rises: a put by what a call loses. */
const exposureOf = ({ instrument: { option }, quantity, notional }: Valued): Decimal =>
  (signOf(quantity) === 1) === (option?.optionType !== 'put') ? notional : negate(notional)

/** What an account holds of an underlying, each position as large as its notional; a coin counts to its asset. */
const netOf = ({ positions, collateral }: Health, underlying: string): Decimal =>
  sum([
    ...positions.filter(({ instrument }) => instrument.underlying === underlying).map(exposureOf),
    ...collateral.coins.filter(({ id }) => id === underlying).map(({ value }) => value),
  ])

/** Under one requirement: as much as can go without that becoming larger, of what adds to it. */
const freeOfPortfolio = (
  pool: Pool,
  account: Account,
  health: Health,
  valued: Valued,
  contribution: Decimal,
): Decimal => {
  const { instrument, quantity } = valued
  const marginAfter = (closed: Decimal): Decimal =>
    requiredOf(
      pool,
      account,
      health.positions.map((held) =>
        held.instrument === instrument ? { ...held, quantity: leftOf({ quantity }, closed) } : held,
      ),
      health.collateral.coins,
    ).maintenance
  const position = { held: abs(quantity), lot: instrument.lot, contribution }
  return portfolioUnhedged(position, positionMargin(health), marginAfter)
}

/** How much of a position is no hedge of what else the account holds. */
export const freeOfPosition = (pool: Pool, account: Account, health: Health, valued: Valued): Decimal => {
  const contribution = health.portfolio?.contributions.get(valued.instrument.id)
  return contribution === undefined
    ? freeOfOther(health, valued)
    : freeOfPortfolio(pool, account, health, valued, contribution)
}

const freeOfOther = (health: Health, valued: Valued): Decimal =>
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
    : freeOfOther(health, position)
