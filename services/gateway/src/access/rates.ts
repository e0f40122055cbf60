import { type Problem, problem } from '../http/problems'
import type { Grant } from './grant'

interface Bucket {
  readonly rate: number
  tokens: number
  at: number
}

/** What may come at once, as a multiple of what may come in a second. */
const burst = 2

const tooMany = problem('too-many', 'more than this token may ask in a second: wait, and ask again')

/** So many are counted; of more, those who have asked nothing for a while are forgotten. */
const counted = 10_000

/** How often each token, or each address without one, may ask: so much a second, twice that at once. */
export const keepRates = (now: () => number) => {
  const buckets = new Map<string, Bucket>()

  let forgot_at = now()

  const filled = ({ rate, tokens, at }: Bucket): number => Math.min(rate * burst, tokens + ((now() - at) / 1000) * rate)

  /** One that is full again is as one that was never there. Looked for once a second at most. */
  const forget = (): void => {
    if (now() - forgot_at < 1000) return
    forgot_at = now()
    for (const [name, bucket] of buckets) if (filled(bucket) === bucket.rate * burst) buckets.delete(name)
  }

  const take = (name: string, rate: number, cost: number): Problem | undefined => {
    if (buckets.size >= counted && !buckets.has(name)) forget()
    const bucket = buckets.get(name) ?? { rate, tokens: rate * burst, at: now() }
    buckets.set(name, bucket)
    bucket.tokens = filled(bucket)
    bucket.at = now()
    // A batch may be larger than what may come at once: it is taken where the bucket is full, and waited for afterwards.
    if (bucket.tokens < Math.min(cost, rate * burst)) return tooMany
    bucket.tokens -= cost
    return undefined
  }

  return {
    read: ({ counted: name, rates }: Grant): Problem | undefined =>
      rates === undefined ? undefined : take(`reads ${name}`, rates.reads, 1),
    commands: ({ counted: name, rates }: Grant, count: number): Problem | undefined =>
      rates === undefined ? undefined : take(`commands ${name}`, rates.commands, count),
  }
}

export type Rates = ReturnType<typeof keepRates>
