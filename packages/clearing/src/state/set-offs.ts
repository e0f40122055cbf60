import { isNegative, subtract } from '@novation/decimal'
import { type Amount, type SetOff, setOff } from '@novation/risk'
import { healthOf, positionMargin } from './health'
import type { Account, Owner, Pool } from './pool'
import { settlementPlaces } from './worth'

/** What an account can pay for another of its owner, at the worst: down to what its own positions and coins require. */
const spareOf = (pool: Pool, account: Account): readonly Amount[] => {
  if (account.liquidation !== undefined) return []
  const health = healthOf(pool, account)
  const amount = subtract(subtract(health.worst, positionMargin(health)), health.collateral.cutWorst)
  return isNegative(amount) ? [] : [{ id: account.id, amount }]
}

const ofOwner = (pool: Pool, { accounts }: Owner, debts: readonly Amount[]): readonly SetOff[] =>
  setOff(
    debts,
    [...accounts].flatMap((account) => spareOf(pool, account)),
    settlementPlaces(pool),
  )

/** What owners pay out of their other accounts for those that owe, each of `debts` in whole units; nothing without `recourse`. */
export const setOffsFor = (
  pool: Pool,
  debts: readonly { readonly account: Account; readonly amount: Amount['amount'] }[],
): readonly SetOff[] => {
  if (!pool.parameters.waterfall.recourse) return []
  const byOwner = new Map<Owner, Amount[]>()
  for (const { account, amount } of debts)
    byOwner.set(account.owner, [...(byOwner.get(account.owner) ?? []), { id: account.id, amount }])
  return [...byOwner].flatMap(([owner, own]) => (owner.accounts.size > 1 ? ofOwner(pool, owner, own) : []))
}
