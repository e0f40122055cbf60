import {
  abs,
  apportion,
  type Decimal,
  divideFloor,
  isPositive,
  isZero,
  min,
  multiply,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { rankDeleveraging } from '@novation/risk'
import { type Health, healthOf, profitOf, type Valued } from '../state/health'
import { holdersOf } from '../state/holders'
import type { Account, Instrument, Pool } from '../state/pool'
import { signOf } from '../trading/leg'

/** Somebody on the other side of a position, and how much of theirs is closed. */
export interface Closing {
  readonly id: string
  readonly closing: Decimal
  readonly held: Decimal
  readonly unrealised: Decimal
  readonly profit: Decimal
  /** Below maintenance margin: closed at the mark, neither giving nor receiving. */
  readonly atMark: boolean
}

interface Opposite {
  readonly account: Account
  readonly health: Health
  readonly valued: Valued
}

const oppositesOf = (pool: Pool, defaulter: string, instrument: Instrument, sign: 1 | -1): readonly Opposite[] =>
  holdersOf(pool, instrument.id).flatMap((id) => {
    const account = pool.accounts.get(id)
    const position = account?.positions.get(instrument.id)
    if (account === undefined || position === undefined) return []
    if (id === defaulter || signOf(position.quantity) === sign) return []
    const health = healthOf(pool, account)
    const valued = health.positions.find((held) => held.instrument.id === instrument.id)
    return valued === undefined ? [] : [{ account, health, valued }]
  })

const isBreached = ({ health }: Opposite): boolean => health.status === 'liquidatable' || health.status === 'bankrupt'

const ranked = (opposites: readonly Opposite[]): readonly Opposite[] =>
  rankDeleveraging(
    opposites.map((opposite) => ({
      ...opposite,
      id: opposite.account.id,
      unrealised: opposite.valued.unrealised,
      cost: abs(opposite.valued.position.cash),
      notional: opposite.valued.notional,
      equity: opposite.health.equity,
    })),
  )

/** Accounts below maintenance margin first, then those in profit by rank, then the others (risk 5 c). */
const groupsOf = (opposites: readonly Opposite[]): readonly (readonly Opposite[])[] => {
  const sound = opposites.filter((opposite) => !isBreached(opposite))
  const gaining = sound.filter(({ valued }) => isPositive(valued.unrealised))
  const others = sound.filter(({ valued }) => !isPositive(valued.unrealised))
  return [opposites.filter(isBreached), ranked(gaining), others]
}

const heldOf = ({ valued }: Opposite): Decimal => abs(valued.position.quantity)

const inTurn = (group: readonly Opposite[], size: Decimal): readonly Decimal[] => {
  let left = size
  return group.map((opposite) => {
    const closing = min(left, heldOf(opposite))
    left = subtract(left, closing)
    return closing
  })
}

/** Everybody in the group closes the same part of theirs, in whole lots, the odd ones by largest remainder. */
const proRata = (group: readonly Opposite[], size: Decimal, lot: Decimal): readonly Decimal[] => {
  const lots = divideFloor(size, lot, 0)
  const shares = apportion(lots, group.map(heldOf), 0).map((share) => multiply(share, lot))
  const capped = group.map((opposite, i) => min(shares[i] ?? zero, heldOf(opposite)))
  const rest = inTurn(
    group.map((opposite, i) => withHeld(opposite, subtract(heldOf(opposite), capped[i] ?? zero))),
    subtract(size, sum(capped)),
  )
  return capped.map((closing, i) => sum([closing, rest[i] ?? zero]))
}

const withHeld = (opposite: Opposite, held: Decimal): Opposite => ({
  ...opposite,
  valued: { ...opposite.valued, position: { ...opposite.valued.position, quantity: held } },
})

/** Who closes how much of `size` against a defaulter, in the order in which they are asked. Adds up to `size`. */
export const counterpartiesFor = (
  pool: Pool,
  defaulter: string,
  instrument: Instrument,
  sign: 1 | -1,
  size: Decimal,
): readonly Closing[] => {
  let left = size
  return groupsOf(oppositesOf(pool, defaulter, instrument, sign)).flatMap((group) => {
    const whole = sum(group.map(heldOf))
    const take = min(left, whole)
    left = subtract(left, take)
    if (isZero(take)) return []
    const closings =
      pool.parameters.waterfall.deleveraging === 'pro-rata' ? proRata(group, take, instrument.lot) : inTurn(group, take)
    return group.flatMap((opposite, i) => {
      const closing = closings[i] ?? zero
      return isZero(closing)
        ? []
        : [
            {
              id: opposite.account.id,
              closing,
              held: heldOf(opposite),
              unrealised: opposite.valued.unrealised,
              profit: profitOf(pool, opposite.account, opposite.health.equity),
              atMark: isBreached(opposite),
            },
          ]
    })
  })
}
