import { custody, fundingOf, houseBalance, imbalances, judge, type Pool, shortfallOf } from '@novation/clearing'
import {
  add,
  type Decimal,
  decimal,
  equals,
  format,
  greaterThan,
  isNegative,
  isZero,
  max,
  multiply,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import type { Group, Law } from './law'

export const postingsZero: Law = ({ events }) => {
  for (const { type, revision, postings } of events) {
    for (const asset of new Set(postings.map((posting) => posting.asset))) {
      const total = sum(postings.filter((posting) => posting.asset === asset).map(({ amount }) => decimal(amount)))
      if (!isZero(total)) return `${type} ${revision} makes ${format(total)} ${asset}`
    }
  }
  return undefined
}

export const flatHouse: Law = ({ after }) =>
  after.clearing.balances.size > 0 ? 'clearing holds a balance after an append' : undefined

/** Money passes through the statement at least so often; where somebody is below zero, always. */
const isStated = ({ after, healths }: Group): boolean =>
  after.revision % 8 === 0 || [...healths().values()].some(({ best }) => isNegative(best))

/** What collateral other than the settlement asset counts for: at its price, but for what came while it had none. */
const otherCollateral = ({ accounts, assets }: Pool): Decimal =>
  sum(
    [...accounts.values()].flatMap(({ balances, unvalued }) =>
      [...balances].map(([id, amount]) => {
        const asset = assets.get(id)
        if (asset === undefined || asset.settlement || asset.price === undefined) return zero
        const waiting = unvalued.get(id)
        const isOut = waiting !== undefined && waiting.since > asset.price.observedAt
        return multiply(isOut ? max(zero, subtract(amount, waiting.amount)) : amount, asset.price.value)
      }),
    ),
  )

/** risk 1: equity, the house's own accounts and the funding in transit are what custody holds. */
export const booksHold: Law = (group) => {
  const { after } = group
  for (const [asset, total] of imbalances(after)) if (!isZero(total)) return `${asset} sums to ${format(total)}`
  if (after.settlementAsset === undefined || after.bulk !== undefined) return undefined
  const usd = after.settlementAsset
  const healths = [...group.healths().values()]
  const equity = sum(healths.map((health) => health.equity))
  const accrued = sum(healths.flatMap(({ positions }) => positions.map((held) => held.accrued)))
  const bonds = [...after.books.keys()].filter((name) => name.startsWith('source/'))
  const own = ['insurance', 'skin-in-the-game', 'fees', 'dust', ...bonds]
  const house = sum(own.map((name) => houseBalance(after, name, usd)))
  const transit = sum([...after.instruments.keys()].map((id) => houseBalance(after, fundingOf(id), usd)))
  const held = negate(houseBalance(after, custody, usd))
  const total = subtract(sum([equity, house, transit]), add(accrued, otherCollateral(after)))
  if (!equals(total, held)) return `the books come to ${format(total)}, custody to ${format(held)} ${usd}`
  if (!isStated(group)) return undefined
  const wrong = group.statement().assets.find(({ imbalance }) => imbalance !== '0')
  return wrong === undefined ? undefined : `the statement says ${wrong.imbalance} ${wrong.asset} out of balance`
}

const resourcesOf = (pool: Pool) => {
  const usd = pool.settlementAsset ?? ''
  return add(houseBalance(pool, 'insurance', usd), houseBalance(pool, 'skin-in-the-game', usd))
}

/** risk 5: frozen is nothing but a comparison, made again in every append. */
export const frozenAlike: Law = ({ after, judgedAnew }) => {
  if (after.bulk !== undefined) return undefined
  const frozen = greaterThan(shortfallOf(judgedAnew()), resourcesOf(after))
  return frozen === after.frozen ? undefined : `the pool says frozen: ${after.frozen}, and should be ${frozen}`
}

/** What is due of whom, and what is lacking, as a text to compare. */
export const standingIn = (pool: Pool): string =>
  JSON.stringify([
    ...Object.entries(pool.standing.duties).map(([duty, ids]) => [duty, [...ids].sort()]),
    [...pool.standing.bankrupt].sort(),
    format(shortfallOf(pool)),
  ])

export const judgedAlike: Law = ({ after, judgedAnew }) => {
  const [kept, anew] = [standingIn(judge(after)), standingIn(judgedAnew())]
  return kept === anew ? undefined : `kept up: ${kept}; anew: ${anew}`
}

/** Insolvent is said where, and only where, deficits are greater than what is prefunded. */
export const solventUnlessUncovered: Law = (group) => {
  if (!isStated(group)) return undefined
  const { after, statement } = group
  const { solvent, losses } = statement()
  const deficits = sum(statement().accounts.map(({ equity, best = equity }) => max(zero, negate(decimal(best)))))
  const covered = !greaterThan(deficits, resourcesOf(after))
  return solvent === covered && (losses.uncovered === '0') === covered
    ? undefined
    : `solvent: ${solvent}, uncovered: ${losses.uncovered}, deficits ${format(deficits)}`
}
