import { add, type Decimal, format, greaterThan, isNegative, isZero, zero } from '@novation/decimal'
import { judgeAll } from '../proof/snapshot'
import { statementOf } from '../proof/statement'
import { houseBalance } from '../state/house-balance'
import { layersOf } from '../state/layers'
import { dust, fees, insurance, skinInTheGame } from '../state/names'
import type { Pool } from '../state/pool'
import { deficitsOf, shortfallOf } from '../state/shortfall'
import type { Law } from './append'

/** Every balance there is, the outside world's among them, adds up to nothing in every asset and instrument. */
export const nothingIsMadeOrLost: Law = ({ after: { accounts, books, settlementAsset = '' } }) => {
  const sums = new Map<string, Decimal>()
  const count = (asset: string, amount: Decimal) => sums.set(asset, add(sums.get(asset) ?? zero, amount))
  for (const { balances } of books.values()) for (const [asset, amount] of balances) count(asset, amount)
  for (const { balances, positions } of accounts.values()) {
    for (const [asset, amount] of balances) count(asset, amount)
    for (const [instrument, { quantity, cash }] of positions) {
      count(instrument, quantity)
      count(settlementAsset, cash)
    }
  }
  const off = [...sums].find(([, amount]) => !isZero(amount))
  return off && `${format(off[1])} ${off[0]} came from nowhere`
}

export const theStatementBalances: Law = ({ after }) => {
  const off = statementOf(after).assets.find(({ imbalance }) => imbalance !== '0')
  return off && `imbalance ${off.imbalance} ${off.asset}`
}

/** What is asked of whom, and what each below zero lacks: in words, to compare. */
export const dutiesOf = (pool: Pool): string =>
  JSON.stringify([
    ...Object.entries(pool.standing.duties).map(([duty, ids]) => [duty, [...ids].sort()]),
    [...pool.standing.bankrupt].sort(),
    format(deficitsOf(pool)),
    format(shortfallOf(pool)),
  ])

/** What is kept up from event to event is what a look at everybody finds. */
export const judgingIsComplete: Law = ({ after }) => {
  const [kept, anew] = [dutiesOf(after), dutiesOf(judgeAll(after))]
  return kept === anew ? undefined : `judged ${kept}, but everybody judged anew is ${anew}`
}

/** By the shortfall that is kept up, of which the law before says that it is what is found anew. */
export const frozenIsRecomputed: Law = ({ after }) => {
  if (after.bulk !== undefined) return undefined
  const { fund, skinInTheGame: tranche } = layersOf(after)
  const shortfall = shortfallOf(after)
  return greaterThan(shortfall, add(fund, tranche)) === after.frozen
    ? undefined
    : `frozen is ${after.frozen} at a shortfall of ${format(shortfall)}`
}

export const theHouseNeverOwes: Law = ({ after }) => {
  const asset = after.settlementAsset ?? ''
  const below = [insurance, skinInTheGame, fees, dust].find((name) => isNegative(houseBalance(after, name, asset)))
  return below && `${below} is below zero`
}
