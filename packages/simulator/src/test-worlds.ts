import type { Trait } from './load/traits'
import { runWorld } from './mesh/run-world'

/** What was found in so many worlds, each with the line that does it again. */
export const failuresIn = async (
  from: number,
  count: number,
  traits?: readonly Trait[],
): Promise<readonly string[]> => {
  const found: string[] = []
  for (let seed = from; seed < from + count; seed += 1) {
    const { finding } = await runWorld({ seed, ...(traits === undefined ? {} : { traits }) })
    const only = traits === undefined ? '' : ` --trait=${traits.join(',')}`
    if (finding !== undefined)
      found.push(`npm run simulate -- --seeds=1 --from=${seed}${only}: ${finding.check}: ${finding.what}`)
  }
  return found
}

/** So few a test that one has the time for it on a machine that is busy with others. */
export const block = 10

/** The first seeds of so many blocks. */
export const blocksFrom = (from: number, blocks: number): readonly number[] =>
  Array.from({ length: blocks }, (_, i) => from + block * i)
