import { type Problem, problem } from '../http/problems'
import type { Grant } from './grant'

interface Bucket {
  tokens: number
  at: number
}

/** What may come at once, as a multiple of what may come in a second. */
const burst = 2

const tooMany = problem('too-many', 'more than this token may ask in a second: wait, and ask again')

/** How often each token may ask: so much a second, twice that at once. */
export const keepRates = (now: () => number) => {
  const buckets = new Map<string, Bucket>()

  const take = (name: string, rate: number, cost: number): Problem | undefined => {
    const bucket = buckets.get(name) ?? { tokens: rate * burst, at: now() }
    buckets.set(name, bucket)
    bucket.tokens = Math.min(rate * burst, bucket.tokens + ((now() - bucket.at) / 1000) * rate)
    bucket.at = now()
    // A batch may be larger than what may come at once: it is taken where the bucket is full, and waited for afterwards.
    if (bucket.tokens < Math.min(cost, rate * burst)) return tooMany
    bucket.tokens -= cost
    return undefined
  }

  return {
    read: ({ id, rates }: Grant): Problem | undefined =>
      rates === undefined ? undefined : take(`reads ${id}`, rates.reads, 1),
    commands: ({ id, rates }: Grant, count: number): Problem | undefined =>
      rates === undefined ? undefined : take(`commands ${id}`, rates.commands, count),
  }
}

export type Rates = ReturnType<typeof keepRates>
