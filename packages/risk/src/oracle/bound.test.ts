import { atLeast, atMost, compare, type Decimal, decimal, halfEvenRatio, integer, whole } from '@novation/decimal'
import fc from 'fast-check'
import { type Candidate, judgeRound, type Last } from './breaker'
import type { Conversion } from './conversion'
import { freshQuotes } from './fresh'

const places = 2

/** What a source says in one round: of an honest one near the truth, of a liar anything; how old it is; and whether anything at all. */
interface Saying {
  readonly near: number
  readonly false: string
  readonly age: number
  readonly silent: boolean
}

/** Any sources, some of them behind one conversion; liars by what they weigh; and rounds that a carrier brings as it likes. */
interface World {
  readonly weights: readonly number[]
  readonly behind: readonly boolean[]
  readonly halved: readonly boolean[]
  readonly quorum: number
  /** Sources in the order in which they become liars, while their weight allows. */
  readonly corruptible: readonly number[]
  readonly rounds: readonly { readonly truth: number; readonly of: readonly Saying[] }[]
}

const saying = fc.record({
  near: fc.integer({ min: -30, max: 30 }),
  false: fc.constantFrom('0.01', '1', '5000', '19000', '20900', '21500', '40000', '100000000000000000'),
  age: fc.integer({ min: 0, max: 40 }),
  silent: fc.boolean(),
})

const worlds = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 9 }).chain((weights) => {
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const each = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: weights.length, maxLength: weights.length })
  return fc.record({
    weights: fc.constant(weights),
    behind: each(fc.boolean()),
    halved: each(fc.boolean()),
    quorum: fc.integer({ min: Math.floor(all / 2) + 1, max: all }),
    corruptible: fc.shuffledSubarray(
      weights.map((_, i) => i),
      { minLength: weights.length },
    ),
    rounds: fc.array(fc.record({ truth: fc.integer({ min: 18_000, max: 22_000 }), of: each(saying) }), {
      minLength: 1,
      maxLength: 6,
    }),
  })
})

/**
 * The liars of a world: as many, in their order, as may weigh `allowed`. All behind a conversion that lies count; it lies
 * where they may all be liars.
 */
const liarsOf = ({ weights, behind, corruptible }: World, allowed: (weight: number) => boolean) => {
  const weigh = (sources: Iterable<number>): number => [...sources].reduce((sum, i) => sum + (weights[i] ?? 0), 0)
  const liars = new Set<number>()
  const converted = weights.flatMap((_, i) => (behind[i] === true ? [i] : []))
  const conversionLies = converted.length > 0 && allowed(weigh(converted))
  if (conversionLies) for (const i of converted) liars.add(i)
  for (const i of corruptible) if (allowed(weigh(new Set([...liars, i])))) liars.add(i)
  return { liars, conversionLies }
}

const conversion: Conversion = { price: decimal('1.006'), confidence: decimal('0.0001') }
const lyingConversion: Conversion = { price: decimal('3'), confidence: decimal('0') }
const terms = { places, deviation: decimal('0.05'), confirm_ms: 3000, confirmMost_ms: 300_000 }

/** Plays a world, and whether each price lies within what honest sources said in the quotes that made it. */
const isBound = (world: World, allowed: (weight: number) => boolean): boolean => {
  const { liars, conversionLies } = liarsOf(world, allowed)
  const last = new Map<string, { price: Decimal; at: number }>()
  let ticked: Last | undefined
  let held: Candidate | undefined
  for (const [n, { truth, of }] of world.rounds.entries()) {
    const now = 100_000 + n * 10_000
    for (const [i, said] of of.entries()) {
      const at = now - said.age * 1000
      if (said.silent || at <= (last.get(`${i}`)?.at ?? 0)) continue
      const lies = liars.has(i) && !(conversionLies && world.behind[i] === true)
      last.set(`${i}`, { at, price: lies ? decimal(said.false) : integer(truth + said.near) })
    }
    const quotes = freshQuotes(
      {
        currency: 'USD',
        sources: world.weights.map((weight, i) => ({
          source: `${i}`,
          weight,
          ...(world.behind[i] === true ? { currency: 'USDT' } : {}),
        })),
        freshness_ms: 30_000,
        conversionSpread: decimal('0.01'),
      },
      {
        now,
        quoteOf: (source) => {
          const quote = last.get(source)
          return quote && { source, ...quote }
        },
        conversionOf: () => (conversionLies ? lyingConversion : conversion),
        halved: new Set(world.weights.flatMap((_, i) => (world.halved[i] === true ? [`${i}`] : []))),
      },
    )
    const verdict = judgeRound(quotes, { ...terms, quorum: world.quorum }, { last: ticked, held })
    if (verdict.is === 'held') held = verdict.candidate
    if (verdict.is !== 'ticked') continue
    const { price, observedAt, sources } = verdict.round
    ticked = { price, observedAt }
    held = undefined
    const honest = quotes
      .filter(({ source }) => sources.includes(source) && !liars.has(Number(source)))
      .map((quote) => halfEvenRatio(whole(quote.price), places))
      .sort(compare)
    const [lowest, highest] = [honest[0], honest.at(-1)]
    if (lowest === undefined || highest === undefined) return false
    if (!atLeast(price, lowest) || !atMost(price, highest)) return false
  }
  return true
}

describe('the bound of an index', () => {
  it('is the honest quotes, whatever liars say, convert or leave out who weigh less than half the quorum', () =>
    fc.assert(
      fc.property(worlds, (world) => isBound(world, (weight) => 2 * weight < world.quorum)),
      { numRuns: 3000 },
    ))

  it('holds no more once they weigh one more', () => {
    const broken = fc.check(
      fc.property(worlds, (world) => isBound(world, (weight) => 2 * (weight - 1) < world.quorum)),
      { numRuns: 3000, seed: 1 },
    )
    expect(broken.failed).toBe(true)
  })
})
