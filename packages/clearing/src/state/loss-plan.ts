import { ceil, type Decimal, decimal, isPositive, max, negate, subtract, sum, zero } from '@novation/decimal'
import { fundCap, haircut, prefunded } from '@novation/risk'
import { deficitOf } from './deficit'
import { healthOf } from './health'
import { layerShares } from './layer-shares'
import type { Account, Pool } from './pool'
import { profitOf } from './profit'
import { type BulkEntry, noDefault } from './values'
import { settlementPlaces } from './worth'

/** What each prefunded layer pays one defaulter, in the order in which they pay (risk 5 a). */
export interface Prefunded {
  readonly first: Decimal
  readonly fund: Decimal
  readonly rest: Decimal
}

/** What the fund and the operator's tranche hold now. */
export const layersOf = (pool: Pool): { readonly fund: Decimal; readonly skinInTheGame: Decimal } => ({
  fund: pool.insurance.balances.get(pool.settlementAsset ?? '') ?? zero,
  skinInTheGame: pool.skinInTheGame.balances.get(pool.settlementAsset ?? '') ?? zero,
})

/** The most the fund may still pay for one default under `insuranceCap`, were `wanted` all that it costs from now on; nothing where there is no cap. */
export const capFor = (pool: Pool, account: Account, wanted: Decimal): Decimal | undefined => {
  const cap = pool.parameters.waterfall.insuranceCap
  if (cap === undefined) return undefined
  const { margins, drawn } = account.inDefault ?? noDefault
  const whole = sum([wanted, drawn.fund, drawn.skinInTheGame])
  return max(zero, subtract(fundCap(whole, decimal(cap), margins, settlementPlaces(pool)), drawn.fund))
}

/** What is left of the operator's first tranche for one default. */
export const firstTrancheFor = (pool: Pool, { inDefault = noDefault }: Account): Decimal =>
  max(zero, subtract(decimal(pool.parameters.waterfall.skinInTheGame), inDefault.drawn.skinInTheGame))

/** What of each prefunded layer there is for each account below zero, whether or not it still holds positions. */
interface Shares {
  readonly fund: ReadonlyMap<string, Decimal>
  readonly skinInTheGame: ReadonlyMap<string, Decimal>
}

const sharesOf = (pool: Pool): Shares => {
  const layers = layersOf(pool)
  const below = [...pool.standing.bankrupt].flatMap((id) => {
    const account = pool.accounts.get(id)
    if (account === undefined) return []
    return [{ id, deficit: deficitOf(healthOf(pool, account)), drawn: (account.inDefault ?? noDefault).drawn }]
  })
  const shares = (layer: keyof Shares) =>
    layerShares(
      layers[layer],
      below.map(({ drawn, ...claim }) => ({ ...claim, drawn: drawn[layer] })),
      settlementPlaces(pool),
    )
  return { fund: shares('fund'), skinInTheGame: shares('skinInTheGame') }
}

const paysFor = (
  pool: Pool,
  account: Account,
  deficit: Decimal,
  shares: { readonly fund: Decimal; readonly skinInTheGame: Decimal },
): Prefunded => {
  const cap = capFor(pool, account, deficit)
  return prefunded({
    deficit,
    totalDeficits: deficit,
    perLoss: firstTrancheFor(pool, account),
    ...shares,
    ...(cap === undefined ? {} : { fundCap: cap }),
    places: settlementPlaces(pool),
  })
}

export interface LossPlan {
  readonly draws: readonly (Prefunded & { readonly account: string })[]
  /** What the debts come to once the prefunded layers have paid. */
  readonly loss: Decimal
  readonly profits: Decimal
  readonly taken: readonly { readonly account: string; readonly amount: Decimal }[]
  readonly given: readonly { readonly account: string; readonly amount: Decimal }[]
  readonly uncovered: Decimal
}

/** Every bankrupt account without positions, in order of id, with its debt in whole units. */
const debtsOf = (pool: Pool) =>
  [...pool.standing.bankrupt].sort().flatMap((id) => {
    const account = pool.accounts.get(id)
    if (account === undefined || account.positions.size > 0) return []
    return [{ account, debt: ceil(deficitOf(healthOf(pool, account)), settlementPlaces(pool)) }]
  })

/** Everybody's profit: all that a loss may be socialised over. */
const profitsOf = (pool: Pool) =>
  [...pool.accounts.values()]
    .map((account) => ({ id: account.id, profit: profitOf(pool, account) }))
    .filter(({ profit }) => isPositive(profit))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

/** How the losses of all bankrupt accounts without positions go down the waterfall, in one step (risk 5, CoverLoss). */
export const lossPlan = (pool: Pool): LossPlan => {
  const shares = sharesOf(pool)
  const debts = debtsOf(pool)
  const draws = debts.map(({ account, debt }) => ({
    account: account.id,
    ...paysFor(pool, account, debt, {
      fund: shares.fund.get(account.id) ?? zero,
      skinInTheGame: shares.skinInTheGame.get(account.id) ?? zero,
    }),
  }))
  const left = debts.map(({ account, debt }, i) => {
    const paid = draws[i]
    return {
      id: account.id,
      debt: paid === undefined ? debt : subtract(debt, sum([paid.first, paid.fund, paid.rest])),
    }
  })
  const owed = left.filter(({ debt }) => isPositive(debt))
  const loss = sum(owed.map(({ debt }) => debt))
  const profits = isPositive(loss) ? profitsOf(pool) : []
  const cut = haircut({ profits, debts: owed, places: settlementPlaces(pool) })
  const named = (shares: readonly { readonly id: string; readonly amount: Decimal }[]) =>
    shares.filter(({ amount }) => isPositive(amount)).map(({ id, amount }) => ({ account: id, amount }))
  return {
    draws,
    loss,
    profits: sum(profits.map(({ profit }) => profit)),
    taken: named(cut.taken),
    given: named(cut.given),
    uncovered: cut.uncovered,
  }
}

/** The plan as single movements, in the order in which they are made. */
export const entriesOf = ({ draws, taken, given }: LossPlan): readonly BulkEntry[] =>
  [
    ...draws.flatMap(({ account, first, fund, rest }): readonly BulkEntry[] => [
      { account, amount: first, from: 'skin-in-the-game' },
      { account, amount: fund, from: 'fund' },
      { account, amount: rest, from: 'skin-in-the-game' },
    ]),
    ...taken.map(({ account, amount }): BulkEntry => ({ account, amount: negate(amount), from: 'haircut' })),
    ...given.map(({ account, amount }): BulkEntry => ({ account, amount, from: 'haircut' })),
  ].filter(({ amount }) => isPositive(amount) || isPositive(negate(amount)))
