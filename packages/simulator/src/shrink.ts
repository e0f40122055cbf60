import type { Fault } from './engine/weather'
import { type Course, type Ended, runWorld } from './mesh/run-world'

/** A course that still fails by the same check, with as little in it as so many tries found. */
export interface Shrunk {
  readonly course: Course
  readonly ended: Ended
  readonly tries: number
}

const without = <A>(all: readonly A[], from: number, count: number): readonly A[] => [
  ...all.slice(0, from),
  ...all.slice(from + count),
]

/** Leaves out faults one by one, then what was sent, in halves, quarters and so on, as long as the same check fails. */
export const shrink = async (course: Course, failed: Ended, budget: number): Promise<Shrunk> => {
  let best = failed
  let faults: readonly Fault[] = failed.faults
  let kept: readonly number[] = [...(course.keep ?? failed.sendings.keys())]
  let tries = 0
  const fails = async (fewerFaults: readonly Fault[], fewer: readonly number[]): Promise<boolean> => {
    tries += 1
    const ended = await runWorld({ ...course, faults: fewerFaults, keep: new Set(fewer) })
    if (ended.finding?.check !== failed.finding?.check) return false
    best = ended
    faults = fewerFaults
    kept = fewer
    return true
  }
  for (const fault of failed.faults)
    if (tries < budget)
      await fails(
        faults.filter((each) => each !== fault),
        kept,
      ).then(() => undefined)
  for (let size = Math.ceil(kept.length / 2); size >= 1 && tries < budget; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < kept.length && tries < budget; )
      if (!(await fails(faults, without(kept, from, size)))) from += size
  return { course: { ...course, faults, keep: new Set(kept) }, ended: best, tries }
}
