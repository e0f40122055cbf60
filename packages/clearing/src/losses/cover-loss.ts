import { format, negate } from '@novation/decimal'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { accountOf } from '../liquidation/closes'
import { entriesOf, type LossPlan, lossPlan } from '../state/loss-plan'
import { lossesMayBeCovered } from '../state/owing'
import { post } from '../state/postings'
import { payEntry } from './pay'

const socialize = (draft: Draft, { loss, profits, taken, given, uncovered }: LossPlan): void => {
  if (given.length === 0) return
  const { pool } = draft
  const asset = pool.settlementAsset ?? ''
  draft.record(
    'LossSocialized',
    {
      loss: format(loss),
      profits: format(profits),
      taken: taken.map(({ id, amount, instrument }) => ({
        account: id,
        amount: format(amount),
        ...(instrument === undefined ? {} : { instrument }),
      })),
      given: given.map(({ id, amount }) => ({ account: id, amount: format(amount) })),
      uncovered: format(uncovered),
    },
    [
      ...taken.flatMap(({ id, amount }) => post(accountOf(pool, id), asset, negate(amount))),
      ...given.flatMap(({ id, amount }) => post(accountOf(pool, id), asset, amount)),
    ],
  )
}

/**
 * The losses of all who owe go down the waterfall in one step: their owners' other accounts, the prefunded layers, then a haircut of everybody's profit,
 * never of principal, never more than is owed; and the fund buys coins that stand behind what is owed. What is not covered stays as debt.
 */
export const coverLoss: Decide<'CoverLoss'> = (draft) => {
  const { pool } = draft
  if (pool.standing.duties.owing.size === 0)
    return reject('nothing-due', 'nobody is below zero with nothing left that could be dealt in')
  if (!lossesMayBeCovered(pool))
    return reject('nothing-due', 'others below zero are offered for sale: losses are covered when that has ended')
  const plan = lossPlan(pool)
  const entries = entriesOf(plan)
  if (entries.length === 0)
    return reject(
      'nothing-to-cover',
      `the debts come to ${format(plan.loss)}, and no layer holds anything to cover them with`,
    )
  if (entries.length > pool.parts.accounts)
    draft.record('BulkStarted', {
      bulk: `loss:${pool.revision + 1}`,
      what: 'loss',
      accounts: entries.length,
      totals: { loss: format(plan.loss), profits: format(plan.profits), uncovered: format(plan.uncovered) },
    })
  else {
    for (const entry of entries) if (entry.from !== 'coins') payEntry(draft, entry)
    socialize(draft, plan)
    for (const entry of entries) if (entry.from === 'coins') payEntry(draft, entry)
  }
  return accepted
}
