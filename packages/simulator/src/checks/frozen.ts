import { custody, healthOf, houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import {
  add,
  type Decimal,
  decimal,
  format,
  isNegative,
  isPositive,
  lessThan,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { Group, Law } from './law'

const atLast = ({ assets }: Pool, id: string, amount: Decimal): Decimal => {
  const asset = assets.get(id)
  return multiply(amount, asset?.settlement === true ? one : (asset?.price?.value ?? zero))
}

const houses = [custody, insurance, skinInTheGame, 'fees', 'dust'] as const

/** What is there for those with a claim, at last prices: custody, which the house owes, less what is the house's own. */
const thereFor = (pool: Pool): Decimal =>
  negate(
    sum(
      [...pool.assets.keys()].flatMap((id) => houses.map((house) => atLast(pool, id, houseBalance(pool, house, id)))),
    ),
  )

/** What all below zero lack: to zero, and to their maintenance margin. */
const lackIn = ({ healths }: Group): { readonly deficits: Decimal; readonly shortfall: Decimal } => {
  const below = [...healths().values()].filter(({ best }) => isNegative(best))
  return {
    deficits: sum(below.map(({ best }) => negate(best))),
    shortfall: sum(below.map(({ best, maintenance }) => subtract(maintenance, best))),
  }
}

/**
 * Whoever takes something out of a frozen pool leaves there the part of its claim that all leave:
 * `(shortfall - prefunded) / claims` of what it had when the pool froze, whatever was taken since, and in however many parts.
 */
export const leavesItsShare = (): Law => {
  const taken = new Map<string, Decimal>()
  return (group) => {
    const { before, after, events } = group
    const usd = after.settlementAsset ?? ''
    for (const { type, revision, data } of events) {
      if (type === 'PoolFrozen') taken.clear()
      if (type !== 'CollateralWithdrawn' || !before.frozen) continue
      const { account: id, asset, amount } = data
      const own = add(taken.get(id) ?? zero, atLast(after, asset, decimal(amount)))
      taken.set(id, own)
      const account = after.accounts.get(id)
      if (account === undefined) continue
      const { deficits, shortfall } = lackIn(group)
      const prefunded = add(houseBalance(after, insurance, usd), houseBalance(after, skinInTheGame, usd))
      const missing = subtract(shortfall, prefunded)
      const claims = add(add(thereFor(after), deficits), sum([...taken.values()]))
      const { worst } = healthOf(after, account)
      const [keeps, had] = [multiply(worst, claims), multiply(add(worst, own), missing)]
      if (isPositive(missing) && (!isPositive(claims) || lessThan(keeps, had)))
        return `${revision} leaves ${id} with ${format(worst)} of ${format(add(worst, own))}, where ${format(missing)} of ${format(claims)} stay`
    }
    return undefined
  }
}
