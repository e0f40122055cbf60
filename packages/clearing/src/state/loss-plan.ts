import { ceil, type Decimal, decimal, isPositive, negate, subtract, sum } from '@novation/decimal'
import { type Amount, type Haircut, haircut, type Payments, payFromLayers } from '@novation/risk'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import { layersOf } from './layers'
import type { Account, Pool } from './pool'
import { profitOf, profitsIn } from './profit'
import { type BulkEntry, noDefault } from './values'
import { settlementPlaces } from './worth'

/** How the losses of all who owe go down the waterfall, in one step. */
export interface LossPlan extends Haircut {
  /** What each prefunded layer pays for each who owes, in order of id. */
  readonly draws: readonly Payments[]
  /** What is left of the losses once the prefunded layers have paid. */
  readonly loss: Decimal
}

/** Somebody below zero, and by how much, in whole units. */
interface Below {
  readonly account: Account
  readonly amount: Decimal
}

/** Everybody below zero, in order of id: what the layers have is kept for those too who do not owe yet. */
const belowZero = (pool: Pool): readonly Below[] =>
  [...pool.standing.bankrupt].sort().flatMap((id) => {
    const account = pool.accounts.get(id)
    if (account === undefined) return []
    return [{ account, amount: ceil(deficitOf(healthOf(pool, account)), settlementPlaces(pool)) }]
  })

const drawsFor = (pool: Pool, below: readonly Below[]): readonly Payments[] =>
  payFromLayers(
    below.map(({ account, amount }) => ({ id: account.id, amount, drawn: (account.inDefault ?? noDefault).drawn })),
    { ...layersOf(pool), perDefault: decimal(pool.parameters.waterfall.skinInTheGame) },
    settlementPlaces(pool),
  )

const paidBy = ({ first, fund, rest }: Payments): Decimal => sum([first, fund, rest])

/** Everybody's profit, in all and by instrument: all that a loss may be socialised over. */
const profitsOf = (pool: Pool) =>
  [...pool.accounts.values()].flatMap((account) => {
    const profit = profitOf(pool, account)
    return isPositive(profit) ? [{ id: account.id, profit, of: profitsIn(pool, account, profit) }] : []
  })

/** What the instruments required in which it was lost. */
const requiredIn = ({ inDefault = noDefault }: Account): readonly Amount[] =>
  [...inDefault.required].map(([id, amount]) => ({ id, amount }))

/**
 * The prefunded layers pay, each sharing what it has over all who are below zero; what they leave of the losses of those who
 * owe is taken from profits, first from those made where it was lost.
 */
export const lossPlan = (pool: Pool): LossPlan => {
  const below = belowZero(pool)
  const payments = drawsFor(pool, below)
  const owing = below.flatMap(({ account, amount }, i) => {
    const paid = payments[i]
    return paid !== undefined && pool.standing.duties.owing.has(account.id) ? [{ account, amount, paid }] : []
  })
  const debts = owing
    .map(({ account, amount, paid }) => ({
      id: account.id,
      amount: subtract(amount, paidBy(paid)),
      instruments: requiredIn(account),
    }))
    .filter(({ amount }) => isPositive(amount))
  return {
    draws: owing.map(({ paid }) => paid),
    loss: sum(debts.map(({ amount }) => amount)),
    ...haircut({ profits: debts.length === 0 ? [] : profitsOf(pool), debts, places: settlementPlaces(pool) }),
  }
}

/** The plan as single movements, in the order in which they are made. */
export const entriesOf = ({ draws, taken, given }: LossPlan): readonly BulkEntry[] =>
  [
    ...draws.flatMap(({ id: account, first, fund, rest }): readonly BulkEntry[] => [
      { account, amount: first, from: 'skin-in-the-game' },
      { account, amount: fund, from: 'fund' },
      { account, amount: rest, from: 'skin-in-the-game' },
    ]),
    ...taken.map(
      ({ id: account, amount, instrument }): BulkEntry => ({
        account,
        amount: negate(amount),
        from: 'haircut',
        ...(instrument === undefined ? {} : { instrument }),
      }),
    ),
    ...given.map(({ id: account, amount }): BulkEntry => ({ account, amount, from: 'haircut' })),
  ].filter(({ amount }) => isPositive(amount) || isPositive(negate(amount)))
