import type { Command, Millis } from '@novation/events'
import { type Random, randomOf } from '../../apps/cli/src/demo/random'
import { accountOf, asking, instrument, price, tick } from './house'

/** Ranks from 0, the r-th drawn in proportion to 1 / (r + 1): a few are busy, most hardly ever. */
const zipf = (count: number, random: Random): (() => number) => {
  const sums = new Float64Array(count)
  let sum = 0
  for (let rank = 0; rank < count; rank += 1) {
    sum += 1 / (rank + 1)
    sums[rank] = sum
  }
  return () => {
    const wanted = random.next() * sum
    let [low, high] = [0, count - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? sum) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * What a venue and an oracle ask on a calm day, over accounts that are as unevenly busy as in life: half trades, then
 * deposits, withdrawals, and a price for every twenty. The busiest account is the one furthest from its line.
 */
export const loadOf = (
  pool: string,
  name: string,
  accounts: number,
  commands: number,
  at: Millis,
): readonly Command[] => {
  const random = randomOf(1)
  const ask = asking(pool, name)
  const rank = zipf(accounts, random)
  const account = (): string => accountOf(accounts - 1 - rank())
  const one = (index: number): Command => {
    const kind = random.next()
    if (kind < 0.05) return tick(ask, at, price.start * (1 + random.between(-0.001, 0.001)))
    const first = account()
    if (kind < 0.3) return ask('venue', 'Deposit', { account: first, asset: 'USD', amount: '10' })
    if (kind < 0.5) return ask('venue', 'Withdraw', { account: first, asset: 'USD', amount: '5' })
    let second = account()
    while (second === first) second = account()
    return ask('venue', 'ClearTrade', {
      trade: `${name}-t${index}`,
      instrument,
      buyer: first,
      seller: second,
      quantity: `0.00${1 + random.below(9)}`,
      price: price.start.toFixed(2),
    })
  }
  return Array.from({ length: commands }, (_, index) => one(index))
}
