import { add, type Decimal, decimal, format, isZero, zero } from '@novation/decimal'
import type { Posting } from '@novation/events'

const areOpposite = (a: string, b: string): boolean => a === `-${b}` || b === `-${a}`

/** What the postings of an event lack to zero, asset by asset; nothing where they balance. */
export const imbalanceOf = (postings: readonly Posting[]): string | undefined => {
  const [first, second] = postings
  if (first === undefined) return undefined
  if (
    second !== undefined &&
    postings.length === 2 &&
    first.asset === second.asset &&
    areOpposite(first.amount, second.amount)
  )
    return undefined
  const sums = new Map<string, Decimal>()
  for (const { asset, amount } of postings) sums.set(asset, add(sums.get(asset) ?? zero, decimal(amount)))
  const left = [...sums].filter(([, sum]) => !isZero(sum))
  return left.length === 0 ? undefined : left.map(([asset, sum]) => `${format(sum)} ${asset}`).join(', ')
}
