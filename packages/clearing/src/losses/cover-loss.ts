import { format, negate } from '@novation/decimal'
import type { Proposal } from '@novation/events'
import { accept, type Decide, event, reject } from '../decision'
import { drawn } from '../liquidation/draw'
import { entriesOf, type LossPlan, lossPlan } from '../state/loss-plan'
import { trader } from '../state/names'
import type { Pool } from '../state/pool'
import { post } from '../state/postings'

const draws = (pool: Pool, plan: LossPlan): readonly Proposal[] =>
  plan.draws.flatMap(({ account: id, first, fund, rest }) => {
    const account = pool.accounts.get(id)
    return account === undefined
      ? []
      : [
          ...drawn(pool, 'skin-in-the-game', 'write-off', account, id, first),
          ...drawn(pool, 'fund', 'write-off', account, id, fund),
          ...drawn(pool, 'skin-in-the-game', 'write-off', account, id, rest),
        ]
  })

const socialized = (pool: Pool, { loss, profits, taken, given, uncovered }: LossPlan): readonly Proposal[] => {
  if (given.length === 0) return []
  const asset = pool.settlementAsset ?? ''
  const text = (shares: LossPlan['taken']) => shares.map(({ account, amount }) => ({ account, amount: format(amount) }))
  return [
    event(
      'LossSocialized',
      {
        loss: format(loss),
        profits: format(profits),
        taken: text(taken),
        given: text(given),
        uncovered: format(uncovered),
      },
      [
        ...taken.flatMap(({ account, amount }) => post(trader(account), asset, negate(amount))),
        ...given.flatMap(({ account, amount }) => post(trader(account), asset, amount)),
      ],
    ),
  ]
}

/** Losses wait for open liquidations, so that all who may lose share alike; but no longer than the window (protocol 19). */
const mayCover = (pool: Pool): boolean =>
  pool.liquidations.isEmpty() ||
  [...pool.standing.duties.owing].some((id) => pool.accounts.get(id)?.owing?.windowOver === true)

/**
 * The losses of all bankrupt accounts without positions go down the waterfall in one step: the prefunded layers, then a
 * haircut of everybody's profit, never of principal, never more than is owed. What is not covered stays as debt.
 */
export const coverLoss: Decide<'CoverLoss'> = (pool) => {
  if (pool.standing.duties.owing.isEmpty()) return reject('nothing-due', 'no account without positions is below zero')
  if (!mayCover(pool)) return reject('nothing-due', 'liquidations are open: losses are covered when they have ended')
  const plan = lossPlan(pool)
  const entries = entriesOf(plan)
  if (entries.length === 0)
    return reject(
      'nothing-to-cover',
      `the debts come to ${format(plan.loss)}, and no layer holds anything to cover them with`,
    )
  if (entries.length > pool.parts.accounts)
    return accept(
      event('BulkStarted', {
        bulk: `loss:${pool.revision + 1}`,
        what: 'loss',
        accounts: entries.length,
        totals: {
          loss: format(plan.loss),
          profits: format(plan.profits),
          uncovered: format(plan.uncovered),
        },
      }),
    )
  const [first, ...rest] = [...draws(pool, plan), ...socialized(pool, plan)]
  return first === undefined ? reject('nothing-to-cover', 'no layer holds anything') : accept(first, ...rest)
}
