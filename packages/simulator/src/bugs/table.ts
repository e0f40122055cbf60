import type { Finding } from '../checks/findings'
import { runWorld } from '../mesh/run-world'
import type { Bug } from './bug'
import { bugs } from './catalogue'

/** After how many seeds, from the first, a planted bug was caught, and by what; nothing where it was not in time. */
export const caughtAfter = async ({
  parts,
  again,
  traits,
  within,
}: Bug): Promise<{ readonly seeds: number; readonly finding: Finding } | undefined> => {
  for (let seed = 1; seed <= within; seed += 1) {
    const { finding } = await runWorld({ seed, parts, again, ...(traits === undefined ? {} : { traits }) })
    if (finding !== undefined) return { seeds: seed, finding }
  }
  return undefined
}

/** Prints the table of docs/simulation.md; 1 where a bug was not caught. */
export const bugTable = async (say: (line: string) => void): Promise<number> => {
  say('| planted bug | what is wrong | in worlds | caught after | by | at most |')
  say('|---|---|---|---|---|---|')
  let missed = 0
  for (const bug of bugs) {
    const caught = await caughtAfter(bug)
    if (caught === undefined) missed += 1
    const after = caught === undefined ? 'not caught' : String(caught.seeds)
    say(
      `| \`${bug.name}\` | ${bug.mistake} | ${bug.traits === undefined ? 'of all kinds' : `with ${bug.traits.join(', ')}`} | ${after} | ${caught?.finding.check ?? ''} | ${bug.within} |`,
    )
  }
  return missed === 0 ? 0 : 1
}
