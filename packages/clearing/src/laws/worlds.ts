import fc from 'fast-check'
import { type Plan, plan } from './arbitraries'
import { live } from './live'

/** A world in which a law is broken, made as small as the time for it allowed. */
export interface Failure {
  readonly seed: number
  readonly plan: Plan
  readonly why: string
}

/** A fault may make every smaller world slow too: then shrinking ends here, with the smallest that was found. */
const shrinkingEnds_ms = 60_000

/** Lives through the world of this seed, the same at all times: how it breaks a law, or nothing. */
export const tryWorld = (seed: number, lived: (world: Plan) => unknown = live): Failure | undefined => {
  const { failed, counterexample, errorInstance } = fc.check(
    fc.property(plan, (world) => void lived(world)),
    {
      seed,
      numRuns: 1,
      unbiased: true,
      interruptAfterTimeLimit: shrinkingEnds_ms,
      markInterruptAsFailure: true,
    },
  )
  if (!failed) return undefined
  // A law of play may be broken before a world is whole; then there is an error, and no smaller world.
  if (counterexample === null) throw errorInstance
  return {
    seed,
    plan: counterexample[0],
    why: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
  }
}

/** A world as it is written among those that are kept; `npm run format` gives it lines. */
const written = (world: Plan): string =>
  JSON.stringify(world)
    .replaceAll(/"(\w+)":/g, '$1: ')
    .replaceAll('"', "'")

/** What is said of a failure: how to see it again, and how to keep it. */
export const told = ({ seed, plan: world, why }: Failure): string =>
  [
    `seed ${seed}: ${why}`,
    `again: npm run laws -- --seed=${seed} --worlds=1`,
    'to keep it, in packages/clearing/src/laws/kept.ts, named after its symptom:',
    `'…': ${written(world)},`,
  ].join('\n')
