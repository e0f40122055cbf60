import type { Course, Ended } from '../mesh/run-world'
import { runWorld } from '../mesh/run-world'
import { shrink } from '../shrink'

const budget = 150

/** The one line that does it again. */
export const reproduce = ({ seed, faults, traits, keep }: Course, bug?: string): string =>
  [
    `npm run simulate -- --seeds=1 --from=${seed}`,
    ...(bug === undefined ? [] : [`--bug=${bug}`]),
    ...(faults === undefined ? [] : [`--fault=${faults.join(',')}`]),
    ...(traits === undefined ? [] : [`--trait=${traits.join(',')}`]),
    ...(keep === undefined ? [] : [`--keep=${[...keep].join(',')}`]),
  ].join(' ')

/** Tells of a failed seed: what was found, the line that reproduces it, the least history found, and its trace. */
export const reportFailure = async (
  course: Course,
  failed: Ended,
  say: (line: string) => void,
  bug?: string,
): Promise<void> => {
  const { finding } = failed
  say(`seed ${failed.seed} fails: ${finding?.check}: ${finding?.what} (at ${finding?.at_ms} ms)`)
  say(`reproduce: ${reproduce(course, bug)}`)
  const least = await shrink(course, failed, budget)
  say(
    `minimised in ${least.tries} tries to ${least.ended.sendings.length} sendings and these faults: ${least.ended.faults.join(', ') || 'none'}`,
  )
  say(`reproduce: ${reproduce(least.course, bug)}`)
  for (const { at_ms, text } of least.ended.sendings) say(`  ${String(at_ms).padStart(7)} ms ${text}`)
  say('trace:')
  await runWorld({ ...least.course, trace: say }).then(() => undefined)
}
