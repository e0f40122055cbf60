import type { Trait } from './load/traits'
import { runWorld } from './mesh/run-world'
import { suiteWorlds } from './reach'

/** What came of some worlds: what was found, each with the line that does it again, and what how many of them came to. */
export interface Lived {
  readonly failures: readonly string[]
  readonly reached: ReadonlyMap<string, number>
}

export const live = async (from: number, count: number, traits?: readonly Trait[]): Promise<Lived> => {
  const failures: string[] = []
  const reached = new Map<string, number>()
  for (let seed = from; seed < from + count; seed += 1) {
    const ended = await runWorld({ seed, ...(traits === undefined ? {} : { traits }) })
    for (const name of ended.reached.keys()) reached.set(name, (reached.get(name) ?? 0) + 1)
    const only = traits === undefined ? '' : ` --trait=${traits.join(',')}`
    const { finding } = ended
    if (finding !== undefined)
      failures.push(`npm run simulate -- --seeds=1 --from=${seed}${only}: ${finding.check}: ${finding.what}`)
  }
  return { failures, reached }
}

/** So few a test that one has the time for it on a machine that is busy with others. */
export const block = 10

/** The first seeds of so many blocks. */
export const blocksFrom = (from: number, blocks: number): readonly number[] =>
  Array.from({ length: blocks }, (_, i) => from + block * i)

/** Half of the suite's worlds. A file of its own for each half, so that two processors share them. */
export const halfOfTheSuite = suiteWorlds / 2
