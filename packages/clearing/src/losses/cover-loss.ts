import { format, negate } from '@novation/decimal'
import { accepted, type Decide, type Draft, reject } from '../decision'
import { accountOf } from '../liquidation/closes'
import { drawAll } from '../liquidation/draw'
import { entriesOf, type LossPlan, lossPlan } from '../state/loss-plan'
import type { Pool } from '../state/pool'
import { post } from '../state/postings'

const drawLayers = (draft: Draft, { draws }: LossPlan): void => {
  for (const { account: id, ...shares } of draws) drawAll(draft, 'write-off', accountOf(draft.pool, id), shares)
}

const socialize = (draft: Draft, { loss, profits, taken, given, uncovered }: LossPlan): void => {
  if (given.length === 0) return
  const { pool } = draft
  const asset = pool.settlementAsset ?? ''
  const text = (shares: LossPlan['taken']) => shares.map(({ account, amount }) => ({ account, amount: format(amount) }))
  draft.record(
    'LossSocialized',
    {
      loss: format(loss),
      profits: format(profits),
      taken: text(taken),
      given: text(given),
      uncovered: format(uncovered),
    },
    [
      ...taken.flatMap(({ account, amount }) => post(accountOf(pool, account), asset, negate(amount))),
      ...given.flatMap(({ account, amount }) => post(accountOf(pool, account), asset, amount)),
    ],
  )
}

/** Losses wait for open liquidations, so that all who may lose share alike; but no longer than the window (protocol 19). */
const mayCover = (pool: Pool): boolean =>
  pool.liquidations.size === 0 ||
  [...pool.standing.due.windowsOver].some(({ id }) => pool.standing.duties.owing.has(id))

/**
 * The losses of all bankrupt accounts without positions go down the waterfall in one step: the prefunded layers, then a
 * haircut of everybody's profit, never of principal, never more than is owed. What is not covered stays as debt.
 */
export const coverLoss: Decide<'CoverLoss'> = (draft) => {
  const { pool } = draft
  if (pool.standing.duties.owing.size === 0) return reject('nothing-due', 'no account without positions is below zero')
  if (!mayCover(pool)) return reject('nothing-due', 'liquidations are open: losses are covered when they have ended')
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
    drawLayers(draft, plan)
    socialize(draft, plan)
  }
  return accepted
}
